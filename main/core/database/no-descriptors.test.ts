import { closeSync, mkdirSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { sqliteFile } from '../calls/__fixtures__/test-calls.ts';
import { openSqlite, problemOfSqlite } from './open-sqlite.ts';

/** Opens files until only this many descriptors are left; returns the function that closes them. */
function takeAllBut(left: number): () => void {
  const taken: number[] = [];
  const free = () => {
    for (const fd of taken.splice(0)) closeSync(fd);
  };
  onTestFinished(free);
  try {
    for (;;) taken.push(openSync(devNull, 'r'));
  } catch {
    for (const fd of taken.splice(0, left)) closeSync(fd);
    return free;
  }
}

// Without descriptors the driver would end the whole process. Windows has no such limit.
test.skipIf(process.platform === 'win32').each([0, 12])(
  'a process with %i free file descriptors runs without its database, and opens it once it can',
  async (left) => {
    const { file } = sqliteFile();
    mkdirSync(dirname(file), { recursive: true });
    // Vite loads an import on first use.
    const [first] = await Promise.all([openSqlite(file), import('./migrate.ts')]);
    await first.close();
    const free = takeAllBut(left);
    const outcome = await openSqlite(file).catch((error: unknown) => error);
    const checked = await problemOfSqlite(file).catch((error: unknown) => error);
    free();
    expect([outcome, checked]).toEqual([
      expect.objectContaining({ code: 'EMFILE' }),
      expect.objectContaining({ code: 'EMFILE' }),
    ]);
    const later = await openSqlite(file);
    await later.close();
  },
);
