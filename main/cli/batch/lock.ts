import { readFileSync, rmSync, statSync } from 'node:fs';
import { AppError } from '../../core/lib/app-error.ts';
import { FileLock } from '../../core/lib/files/file-lock.ts';

/** An older panel's lock was a process's number in a file, which stays behind when that process is killed. */
function removeOldLock(path: string): void {
  try {
    // One of ours is empty, and must not be opened here: closed again, it would lose the lock on it.
    if (statSync(path).size > 0 && /^\d{1,10}$/.test(readFileSync(path, 'utf8'))) rmSync(path);
  } catch {
    // There is none.
  }
}

function tryRemove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Windows leaves it where another process looks at it; it is empty and in nobody's way.
  }
}

/**
 * Keeps a second batch from sending the same lines at the same time. One that is killed gives its lock back.
 * @returns the function that gives the lock back
 * @throws AppError `invalid_request` while another batch works on it, `file_unreadable` where there can be no lock
 */
export function lock(path: string): () => void {
  removeOldLock(path);
  const file = new FileLock(path);
  if (!file.take()) {
    file.close();
    throw new AppError(
      'invalid_request',
      'another batch works on this output: wait until it is done, or stop it',
    );
  }
  return () => {
    // In this order nobody who waits for the file can take the lock of one that is gone; Windows has it the other way.
    if (process.platform !== 'win32') tryRemove(path);
    file.close();
    if (process.platform === 'win32') tryRemove(path);
  };
}
