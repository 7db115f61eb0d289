import { rename } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Moves a finished folder to its place in one step, for runs that may do the same at the same time:
 * whoever is first wins, a complete folder is never replaced, an incomplete one is.
 * @param {string} from inside `work`
 * @param {string} to on the same file system
 * @param {{ work: string, isComplete: () => boolean }} options `work` is removed by the caller
 * @throws when the folder can neither be moved nor is there already
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
