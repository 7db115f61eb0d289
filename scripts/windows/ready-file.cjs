// Preloaded into a server: makes the file READY_FILE once it has reported that it listens and has done what comes with that.
const { writeFileSync } = require('node:fs');

const { write } = process.stdout;
let text = '';

process.stdout.write = function writeAndLook(chunk, ...rest) {
  text += chunk;
  if (/^listening on /m.test(text)) setImmediate(() => writeFileSync(process.env.READY_FILE, ''));
  return write.call(this, chunk, ...rest);
};
