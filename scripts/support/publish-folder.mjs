import { rename } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Moves a finished folder to its final path in one step. Several runs may do this at the same time:
 * the first one wins. A complete folder is never replaced, an incomplete one is.
 * @param {string} from inside `work`
 * @param {string} to on the same file system
 * @param {{ work: string, isComplete: () => boolean }} options `work` is removed by the caller
 * @throws if the folder can neither be moved nor exists already
 */
export async function publishFolder(from, to, { work, isComplete }) {
  if (isComplete()) return;
  try {
    await rename(from, to);
  } catch {
    if (isComplete()) return;
    await rename(to, join(work, 'replaced')).catch(() => {});
    await rename(from, to).catch((error) => {
      if (!isComplete()) throw error;
    });
  }
}
