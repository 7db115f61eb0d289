import { sql, type Kysely, type Migration, type RawBuilder } from 'kysely';
import type { DatabaseKind } from './open-database.ts';
import {
  addCachedTokens,
  addFingerprints,
  addRunDetails,
  addWorkers,
  createTextHistory,
  createTranslation,
  createTranslationBatches,
} from './translation-migration.ts';

/** Which keys rest or were refused, and which key a call was sent with. */
async function createKeyStates(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('key_states')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('provider', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('until', 'bigint')
    .addColumn('shown', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.alterTable('calls').addColumn('key_last4', 'text').execute();
}

/** Ids are compared byte by byte, because a language's collation would not sort them by time. */
function idType(kind: DatabaseKind): RawBuilder<unknown> {
  return kind === 'postgres' ? sql`text collate "C"` : sql`text`;
}

async function createCalls(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await db.schema
    .createTable('calls')
    .addColumn('id', idType(kind), (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('request_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('door', 'text', (c) => c.notNull())
    .addColumn('machine', 'text', (c) => c.notNull())
    .addColumn('module', 'text')
    .addColumn('preset', 'text')
    .addColumn('provider', 'text')
    .addColumn('model', 'text')
    .addColumn('mode', 'text', (c) => c.notNull())
    .addColumn('stream', 'smallint', (c) => c.notNull())
    .addColumn('ok', 'smallint', (c) => c.notNull())
    .addColumn('status', 'smallint', (c) => c.notNull())
    .addColumn('code', 'text')
    .addColumn('message', 'text')
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('prompt_tokens', 'bigint')
    .addColumn('completion_tokens', 'bigint')
    .addColumn('total_tokens', 'bigint')
    .addColumn('cached_tokens', 'bigint')
    .addColumn('reasoning_tokens', 'bigint')
    .addColumn('tokens_estimated', 'smallint', (c) => c.notNull())
    .addColumn('cost', 'double precision')
    .addColumn('cost_source', 'text')
    .addColumn('cost_estimated', 'smallint', (c) => c.notNull())
    .addColumn('total_ms', 'double precision', (c) => c.notNull())
    .addColumn('upstream_ms', 'double precision')
    .addColumn('first_token_ms', 'double precision')
    .addColumn('sha256', 'text')
    .addColumn('bytes', 'integer')
    .addColumn('steps', 'text')
    .addColumn('search', 'text', (c) => c.notNull())
    .execute();
}

/**
 * Each index begins with a filter and continues in the log's order; the other filters are read from the same
 * index.
 */
async function indexCalls(db: Kysely<unknown>): Promise<void> {
  const index = (name: string, columns: string[]) => db.schema.createIndex(name).on('calls').columns(columns);
  await index('calls_provider', ['provider', 'id', 'model', 'module', 'mode', 'status', 'ok']).execute();
  await index('calls_module', ['module', 'id', 'provider', 'model', 'mode', 'status', 'ok']).execute();
  await index('calls_model', ['model', 'id', 'provider', 'module', 'mode', 'status']).execute();
  await index('calls_status', ['status', 'id', 'mode']).execute();
  await index('calls_mode', ['mode', 'id', 'status']).execute();
  await index('calls_failed', ['id']).where(sql.ref('ok'), '=', sql.lit(0)).execute();
}

async function createBodies(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await db.schema
    .createTable('call_bodies')
    .addColumn('id', idType(kind), (c) => c.primaryKey())
    .addColumn('messages', 'text', (c) => c.notNull())
    .addColumn('reply', 'text', (c) => c.notNull())
    .addColumn('cut', 'smallint', (c) => c.notNull())
    .execute();
}

async function createDays(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('call_days')
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('provider', 'text', (c) => c.notNull())
    .addColumn('calls', 'bigint', (c) => c.notNull())
    .addColumn('failed', 'bigint', (c) => c.notNull())
    .addColumn('usd', 'double precision', (c) => c.notNull())
    .addPrimaryKeyConstraint('call_days_key', ['day', 'provider'])
    .execute();
}

async function createLedger(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('ledger_days')
    .addColumn('day', 'text', (c) => c.primaryKey())
    .addColumn('spent', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema
    .createTable('ledger_reservations')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('day', 'text', (c) => c.notNull())
    .addColumn('amount', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('ledger_reservations_day').on('ledger_reservations').column('day').execute();
}

/**
 * From here on ledger entries do not expire: they are `reserved` while the call is in progress, and `unknown`
 * if its cost cannot be determined. The columns are enough to show an entry to the user and to query its
 * provider.
 */
async function addLedgerStates(db: Kysely<unknown>): Promise<void> {
  const add = (name: string, type: 'text' | 'bigint') =>
    db.schema.alterTable('ledger_reservations').addColumn(name, type).execute();
  await db.schema
    .alterTable('ledger_reservations')
    .addColumn('state', 'text', (c) => c.notNull().defaultTo('reserved'))
    .execute();
  for (const name of ['provider', 'model', 'module', 'request_id', 'reason', 'provider_ref'])
    await add(name, 'text');
  for (const name of ['reserved_at', 'settled_at', 'settled']) await add(name, 'bigint');
}

/** What remains of providers' limits per minute, shared by all processes. */
async function createRateLimits(db: Kysely<unknown>, kind: DatabaseKind): Promise<void> {
  await db.schema
    .createTable('rate_limits')
    .addColumn('id', idType(kind), (c) => c.primaryKey())
    .addColumn('provider', 'text', (c) => c.notNull())
    .addColumn('model', 'text')
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('learned', 'text')
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute();
}

/** Migrations by name, in order. A released migration is never changed; a new one is added after it. */
export function migrationsFor(kind: DatabaseKind): Record<string, Migration> {
  return {
    '0001-calls-and-ledger': {
      async up(db: Kysely<unknown>) {
        await createCalls(db, kind);
        await indexCalls(db);
        await createBodies(db, kind);
        await createDays(db);
        await createLedger(db);
      },
    },
    '0002-request-to-replay': {
      async up(db: Kysely<unknown>) {
        await db.schema.alterTable('call_bodies').addColumn('request', 'text').execute();
      },
    },
    '0003-ledger-states': { up: addLedgerStates },
    '0004-translation': { up: createTranslation },
    '0005-translation-texts': { up: createTextHistory },
    '0006-message-preview': {
      async up(db: Kysely<unknown>) {
        await db.schema.alterTable('call_bodies').addColumn('preview', 'text').execute();
      },
    },
    '0007-key-states': { up: createKeyStates },
    '0008-workers': { up: addWorkers },
    '0009-translation-batches': { up: createTranslationBatches },
    '0010-rate-limits': { up: (db: Kysely<unknown>) => createRateLimits(db, kind) },
    '0011-run-details': { up: addRunDetails },
    '0012-cached-tokens': { up: addCachedTokens },
    '0013-file-fingerprints': { up: addFingerprints },
    '0014-unknown-spend-details': {
      async up(db: Kysely<unknown>) {
        await db.schema.alterTable('ledger_reservations').addColumn('reason_detail', 'text').execute();
      },
    },
  };
}
