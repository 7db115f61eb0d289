import { Migrator, type Kysely } from 'kysely';
import { migrationsFor } from './migrations.ts';
import type { DatabaseKind } from './open-database.ts';
import type { Tables } from './tables.ts';

const appliedMigrations = (db: Kysely<Tables>) =>
  db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .execute();

/** Reads only, so that a database that is full, locked or read-only can still be used for reading. */
async function isCurrent(db: Kysely<Tables>, names: string[]): Promise<boolean> {
  try {
    const done = await appliedMigrations(db);
    return done.length === names.length && names.every((name) => done.some((row) => row.name === name));
  } catch {
    return false;
  }
}

const newer = 'it was written by a newer version of the panel: update this one; nothing was changed';

/**
 * Checks whether a newer version has changed the tables while they were in use here.
 * @throws Error if it has
 */
export async function requireSameVersion(db: Kysely<Tables>, kind: DatabaseKind): Promise<void> {
  const known = migrationsFor(kind);
  const done = await appliedMigrations(db);
  if (done.some(({ name }) => !(name in known))) throw new Error(newer);
}

/**
 * Migrates all tables to this version; safe when several servers start at once.
 * @throws database errors; Error for a database that a newer version has changed
 */
export async function migrate(db: Kysely<Tables>, kind: DatabaseKind): Promise<void> {
  const migrations = migrationsFor(kind);
  if (await isCurrent(db, Object.keys(migrations))) return;
  const provider = { getMigrations: async () => migrations };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error === undefined) return;
  const isNewer = error instanceof Error && error.message.startsWith('corrupted migrations');
  throw isNewer ? new Error(newer, { cause: error }) : error;
}
