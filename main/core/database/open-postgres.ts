import { CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely';
import { Pool, types } from 'pg';
import { migrate, requireSameVersion } from './migrate.ts';
import type { OpenDatabase } from './open-database.ts';
import { requireTls } from './postgres-tls.ts';
import type { Tables } from './tables.ts';

const bigint = 20;

/** Counts, times and nano-USD all fit a number; pg returns them as text by default. */
const getTypeParser: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === bigint ? Number : types.getTypeParser(oid, format as 'text');

/**
 * Opens a pool for one process. The call log's writer and the ledger use a connection each, translation
 * projects use four.
 * @throws what `requireTls`, pg and `migrate` throw
 */
export async function openPostgres(url: string): Promise<OpenDatabase> {
  requireTls(url);
  const pool = new Pool({
    connectionString: url,
    max: 6,
    application_name: 'comfyvn-llm-panel',
    connectionTimeoutMillis: 3000,
    // The server's timeout is shorter than ours, so that a connection is not closed in the middle of an
    // answer.
    statement_timeout: 4000,
    query_timeout: 5000,
    // A machine that vanishes inside a transaction would lock the day's row for all others.
    idle_in_transaction_session_timeout: 10_000,
    keepAlive: true,
    allowExitOnIdle: true,
    types: { getTypeParser },
  });
  // A broken connection fails the query on it, if any. Without a listener the event would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const abandon = async () => void pool.end().catch(() => {});
  try {
    await migrate(db, 'postgres');
  } catch (error) {
    await abandon();
    throw error;
  }
  return {
    kind: 'postgres',
    db,
    sql,
    rowsOf: (json, table) => sql`json_populate_recordset(null::${sql.table(table)}, ${json}::json) as given`,
    inTransaction: (statements) =>
      db.transaction().execute(async (trx) => {
        const all: Record<string, unknown>[][] = [];
        for (const { sql: text, parameters } of statements) {
          let n = 0;
          const numbered = text.replace(/\?/g, () => `$${++n}`);
          const { rows } = await trx.executeQuery(CompiledQuery.raw(numbered, [...parameters]));
          all.push(rows as Record<string, unknown>[]);
        }
        return all;
      }),
    requireSameVersion: () => requireSameVersion(db, 'postgres'),
    close: () => db.destroy(),
    abandon,
  };
}
