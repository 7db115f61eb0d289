import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, sql } from 'kysely';
import { migrate, requireSameVersion } from './migrate.ts';
import type { OpenDatabase } from './open-database.ts';
import { driverProblem } from '../lib/sqlite-driver.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import { SqliteWorker } from './sqlite-worker.ts';
import type { Tables } from './tables.ts';

/** A page with two filters reads rows from all over the file. */
const cacheKb = 8000;
/** How long a write waits for another process before the file counts as locked. */
const busyMs = 1000;

async function prepare(worker: SqliteWorker, file: string, pragmas: readonly string[]): Promise<void> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // Created before SQLite creates it: SQLite's own file would be world-readable, and its other files get the
  // same permissions.
  closeSync(openSync(file, 'a', 0o600));
  await worker.request({ op: 'open' }).catch((error: unknown) => {
    const problem = driverProblem(error);
    throw problem ? new Error(problem, { cause: error }) : error;
  });
  await worker.request({ op: 'run', sql: `pragma busy_timeout = ${busyMs}` });
  await worker.request({ op: 'query', sql: 'pragma journal_mode = wal', parameters: [] });
  await worker.request({
    op: 'run',
    sql: [
      'synchronous = normal',
      'analysis_limit = 1000',
      // 80 MB: an index by hash changes a page with each row, and a checkpoint then writes each page once.
      'wal_autocheckpoint = 20000',
      `journal_size_limit = ${16 * 1024 * 1024}`,
      `cache_size = -${cacheKb}`,
      ...pragmas,
    ]
      .map((p) => `pragma ${p}`)
      .join(';'),
  });
}

/**
 * @param pragmas additional connection settings, such as `max_page_count = 100`
 * @throws SqliteFailure; EMFILE; an Error with the remedy if the driver is missing; what `migrate` throws
 */
export async function openSqlite(file: string, pragmas: readonly string[] = []): Promise<OpenDatabase> {
  const worker = new SqliteWorker(file);
  const db = new Kysely<Tables>({ dialect: sqliteDialect(worker) });
  try {
    await prepare(worker, file, pragmas);
    await migrate(db, 'sqlite');
  } catch (error) {
    await worker.abandon();
    throw error;
  }
  return {
    kind: 'sqlite',
    db,
    sql,
    rowsOf: (json, _table, columns) => {
      const fields = columns.map((name) => sql`row ->> ${sql.lit(name)} as ${sql.ref(name)}`);
      // As text, a row would be parsed once for each column. The limit keeps SQLite from merging the two
      // selects.
      return sql`(select ${sql.join(fields)} from (select jsonb(value) as row from json_each(${json}) limit -1)) as given`;
    },
    inTransaction: (statements) =>
      // A Kysely transaction may have the connection now; this transaction must not run inside it.
      db.connection().execute(async () => {
        const { rows } = await worker.request({ op: 'transaction', statements });
        return rows as Record<string, unknown>[][];
      }),
    requireSameVersion: () => requireSameVersion(db, 'sqlite'),
    close: () => db.destroy(),
    abandon: () => worker.abandon(),
  };
}

/**
 * SQLite's own integrity check of a file; null if it finds no problem. For a file that has already failed
 * once.
 */
export async function problemOfSqlite(file: string): Promise<string | null> {
  const worker = new SqliteWorker(file);
  try {
    await worker.request({ op: 'open' });
    const { rows } = await worker.request({ op: 'query', sql: 'pragma integrity_check(1)', parameters: [] });
    const [found] = Object.values((rows?.[0] ?? {}) as Record<string, unknown>);
    return found === 'ok' ? null : String(found);
  } catch (error) {
    return (error as Error).message;
  } finally {
    await worker.abandon();
  }
}
