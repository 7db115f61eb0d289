import { readFileSync, rmSync, statSync } from 'node:fs';
import { AppError } from '../../core/lib/app-error.ts';
import { FileLock } from '../../core/lib/files/file-lock.ts';

/** An older version's lock was a file with a process id, which remains when that process is killed. */
function removeOldLock(path: string): void {
  try {
    // Our own lock file is empty, and must not be opened here: closing it would drop the lock.
    if (statSync(path).size > 0 && /^\d{1,10}$/.test(readFileSync(path, 'utf8'))) rmSync(path);
  } catch {
    // The file does not exist.
  }
}

function tryRemove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Windows keeps it while another process has it open; it is empty and does no harm.
  }
}

/**
 * Prevents a second batch from sending the same lines at the same time. The lock is released if the process
 * is killed.
 * @returns the function that releases the lock
 * @throws AppError `invalid_request` while another batch holds the lock, `file_unreadable` if no lock can be
 * created
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
    // In this order no waiting process can lock a file that is already removed; Windows needs the other
    // order.
    if (process.platform !== 'win32') tryRemove(path);
    file.close();
    if (process.platform === 'win32') tryRemove(path);
  };
}
