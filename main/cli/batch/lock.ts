import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { AppError } from '../../core/lib/app-error.ts';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function take(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Keeps a second batch from sending the same lines at the same time. One that was killed leaves its lock: it is taken
 * over when its process is gone.
 * @returns the function that gives the lock back
 * @throws AppError `invalid_request` while another batch works on it
 */
export function lock(path: string): () => void {
  if (!take(path)) {
    const pid = Number(readFileSync(path, 'utf8'));
    if (pid !== process.pid && Number.isInteger(pid) && pid > 0 && isAlive(pid))
      throw new AppError(
        'invalid_request',
        `another batch (process ${pid}) works on this output; if there is none, delete ${path}`,
      );
    writeFileSync(path, String(process.pid));
  }
  return () => rmSync(path, { force: true });
}
