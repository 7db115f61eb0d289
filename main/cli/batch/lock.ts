import { readFileSync, rmSync, statSync } from 'node:fs';
import { AppError } from '../../core/lib/app-error.ts';
import { FileLock } from '../../core/lib/files/file-lock.ts';

/** Older versions wrote a process id into the lock file, which remains when that process is killed. */
function removeOldLock(path: string): void {
  try {
    // The current lock file is empty. Do not open it here: closing it would release the lock.
    if (statSync(path).size > 0 && /^\d{1,10}$/.test(readFileSync(path, 'utf8'))) rmSync(path);
  } catch {
    // The file does not exist.
  }
}

function tryRemove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Windows does not remove a file that another process has open. The file is empty and harmless.
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
      'another batch is writing this output: wait until it is done, or stop it',
    );
  }
  return () => {
    // Removed first, so no waiting process can lock a file that is already removed. Windows needs the other order.
    if (process.platform !== 'win32') tryRemove(path);
    file.close();
    if (process.platform === 'win32') tryRemove(path);
  };
}
