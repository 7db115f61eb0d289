import type { Kysely } from 'kysely';

/** Which keys rest or were refused, and which key a call was sent with. */
export async function createKeyStates(db: Kysely<unknown>): Promise<void> {
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
