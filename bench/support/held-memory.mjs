import { fileURLToPath } from 'node:url';

/** What a process is started with so that `heldBy` can ask it. */
export const tellsHeld = [
  '--expose-gc',
  '--import',
  fileURLToPath(new URL('settle-on-signal.mjs', import.meta.url)),
];

/**
 * What a process holds after a collection, in MB.
 * @param {{ child: import('node:child_process').ChildProcess }} of started with `tellsHeld`
 * @returns {Promise<number>}
 */
export function heldBy({ child }) {
  return new Promise((resolve) => {
    let text = '';
    const read = (chunk) => {
      text += chunk;
      const found = /settled (\{.*\})/.exec(text);
      if (!found) return;
      child.stderr.off('data', read);
      const { heapUsed, external } = JSON.parse(found[1]);
      resolve((heapUsed + external) / 1024 / 1024);
    };
    child.stderr.on('data', read);
    child.kill('SIGUSR2');
  });
}
