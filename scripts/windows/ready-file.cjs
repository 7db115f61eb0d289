// Preload for a server: creates the file READY_FILE after the server has reported that it is listening.
const { writeFileSync } = require('node:fs');

const { write } = process.stdout;
let text = '';

process.stdout.write = function writeAndLook(chunk, ...rest) {
  text += chunk;
  if (/^listening on /m.test(text)) setImmediate(() => writeFileSync(process.env.READY_FILE, ''));
  return write.call(this, chunk, ...rest);
};
