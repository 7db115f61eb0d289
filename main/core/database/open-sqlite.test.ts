import { createRequire } from 'node:module';
import type LibSql from 'libsql';
import { expect, test } from 'vitest';
import { sqliteFile } from '../calls/__fixtures__/test-calls.ts';
import { openSqlite } from './open-sqlite.ts';

const Sqlite = createRequire(import.meta.url)('libsql') as typeof LibSql;

/** What the driver's module does when the process exits. */
function exit(): void {
  for (const listener of process.listeners('exit')) if (listener.name === 'closeAll') listener(0);
}

test('when the process exits, a database writes what was asked for before, and takes nothing more', async () => {
  const { file } = sqliteFile();
  const { sql, db, inTransaction } = await openSqlite(file);
  await sql`create table kept (n integer)`.execute(db);
  const asked = inTransaction([{ sql: 'insert into kept values (7)', parameters: [] }]);
  // Kysely lends its connection a turn of the event loop later.
  await Promise.resolve();
  await Promise.resolve();
  exit();
  const reader = new Sqlite(file);
  const rows = reader.prepare('select n from kept').all([]);
  reader.close();
  expect(rows).toEqual([{ n: 7 }]);
  await asked;
  await expect(sql`select 1`.execute(db)).rejects.toThrow('the database was closed');
});
