import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type LibSql from 'libsql';
import { expect, test } from 'vitest';
import { sqliteFile } from '../calls/__fixtures__/test-calls.ts';
import { SqliteWorker } from './sqlite-worker.ts';

const Sqlite = createRequire(import.meta.url)('libsql') as typeof LibSql;

/** What the driver's module does when the process exits. */
function exit(): void {
  for (const listener of process.listeners('exit')) if (listener.name === 'closeAll') listener(0);
}

test('when the process exits, a database writes what was asked for before, and takes nothing more', async () => {
  const { file } = sqliteFile();
  mkdirSync(dirname(file), { recursive: true });
  const worker = new SqliteWorker(file);
  await worker.request({ op: 'open' });
  await worker.request({ op: 'run', sql: 'create table kept (n integer)' });
  const asked = worker.request({ op: 'run', sql: 'insert into kept values (7)' });
  exit();
  const reader = new Sqlite(file);
  const rows = reader.prepare('select n from kept').all([]);
  reader.close();
  expect(rows).toEqual([{ n: 7 }]);
  await asked;
  await expect(worker.request({ op: 'run', sql: 'select 1' })).rejects.toThrow('the database was closed');
});
