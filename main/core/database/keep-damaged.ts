import { existsSync, renameSync } from 'node:fs';
import { quarantineName } from '../lib/files/replace-file.ts';

/** Moves a damaged SQLite file, its write-ahead log too, beside the one that will be begun; returns its new name. */
export function keepDamaged(file: string, now: number): string {
  const stored = quarantineName(file, now);
  for (const part of ['', '-wal', '-shm'])
    if (existsSync(file + part)) renameSync(file + part, stored + part);
  return stored;
}
