import { statSync } from 'node:fs';

/** Inode and device of one file; null where there is none, or it cannot be looked at. */
function inodeOf(file: string): string | null {
  try {
    const { dev, ino } = statSync(file);
    return `${dev}:${ino}`;
  } catch {
    return null;
  }
}

/**
 * What tells an open SQLite file, its write-ahead log too, from others at the same path. Where another program removes
 * or replaces them, SQLite goes on with what nobody finds again, and without an error.
 * @returns null on Windows, where a file that is open cannot be removed
 */
export function fileIdentity(file: string): string | null {
  if (process.platform === 'win32') return null;
  return `${inodeOf(file)} ${inodeOf(`${file}-wal`)}`;
}
