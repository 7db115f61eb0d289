import { fileURLToPath } from 'node:url';

/** Node arguments that let `heapMb` measure a process. */
export const heapReporting = [
  '--expose-gc',
  '--import',
  fileURLToPath(new URL('settle-on-signal.mjs', import.meta.url)),
];

/**
 * The heap and external memory of a process after a garbage collection, in MB.
 * @param {{ child: import('node:child_process').ChildProcess }} of started with `heapReporting`
 * @returns {Promise<number>}
 */
export function heapMb({ child }) {
  return new Promise((resolve) => {
    let text = '';
    const read = (chunk) => {
      text += chunk;
      const report = /settled (\{.*\})/.exec(text);
      if (!report) return;
      child.stderr.off('data', read);
      const { heapUsed, external } = JSON.parse(report[1]);
      resolve((heapUsed + external) / 1024 / 1024);
    };
    child.stderr.on('data', read);
    child.kill('SIGUSR2');
  });
}
