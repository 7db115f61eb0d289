import type { Database } from '../database/database.ts';
import type { OpenDatabase } from '../database/open-database.ts';
import type { RateLimitRow } from '../database/tables.ts';
import { isObject, type JsonObject } from '../lib/json.ts';
import { emptyBucket, type Bucket } from './bucket.ts';
import type { Amounts } from './meters.ts';

/** The scope of a limit. */
export interface LimitScope {
  id: string;
  provider: string;
  /** Null for all models of the provider together. */
  model: string | null;
}

/** Limits reported in a provider's replies. */
export interface LearnedLimits extends LimitScope {
  limits: Amounts;
  /** Milliseconds since 1970. */
  at: number;
}

export interface BucketChange {
  scopes: readonly LimitScope[];
  /** Replaces the buckets of `scopes`, in order. May be called again if the database was lost meanwhile. */
  change(buckets: readonly Bucket[]): readonly Bucket[];
  learned?: LearnedLimits;
}

function objectIn(text: string | null | undefined): JsonObject {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** Parses a bucket written by this or another version; an invalid one becomes a new bucket. */
function bucketIn(state: string | undefined, now: number): Bucket {
  const { at, blockedUntil, meters } = objectIn(state) as Partial<Bucket>;
  if (typeof at !== 'number' || typeof blockedUntil !== 'number' || !isObject(meters))
    return emptyBucket(now);
  return { at, blockedUntil, meters };
}

/** Applies changes in order, each to the result of the previous one. */
function changed(
  buckets: Map<string, Bucket>,
  changes: readonly BucketChange[],
  now: number,
): Map<string, Bucket> {
  for (const { scopes, change } of changes) {
    const after = change(scopes.map(({ id }) => buckets.get(id) ?? emptyBucket(now)));
    for (const [i, { id }] of scopes.entries()) buckets.set(id, after[i] ?? emptyBucket(now));
  }
  return buckets;
}

/** The buckets in the database, shared by every process and machine that uses it. */
export class DatabaseBuckets {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Limits that any process has learned since a given time.
   * @throws DatabaseDown
   */
  learnedSince(since: number): Promise<LearnedLimits[]> {
    return this.#database.use('read', async ({ db }) => {
      const rows = await db.selectFrom('rate_limits').selectAll().where('updated_at', '>=', since).execute();
      return rows.map(({ id, provider, model, learned, updated_at }) => ({
        id,
        provider,
        model,
        limits: objectIn(learned),
        at: Number(updated_at),
      }));
    });
  }

  /**
   * Applies all changes in one transaction.
   * @throws DatabaseDown
   */
  apply(changes: readonly BucketChange[], now: number): Promise<void> {
    const scopes = new Map(changes.flatMap((one) => one.scopes.map((scope) => [scope.id, scope])));
    const learned = new Map(changes.flatMap((one) => (one.learned ? [[one.learned.id, one.learned]] : [])));
    // The same order everywhere, so that two machines cannot deadlock.
    const ordered = [...scopes.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    return this.#database.use('write', (open) =>
      open.db.transaction().execute(async (trx) => {
        const rows = await lockedRows(trx, open.kind, ordered, now);
        const buckets = changed(
          new Map(rows.map(({ id, state }) => [id, bucketIn(state, now)])),
          changes,
          now,
        );
        for (const { id } of ordered) {
          const limits = learned.get(id)?.limits;
          await trx
            .updateTable('rate_limits')
            .set({
              state: JSON.stringify(buckets.get(id)),
              updated_at: now,
              ...(limits ? { learned: JSON.stringify(limits) } : {}),
            })
            .where('id', '=', id)
            .execute();
        }
      }),
    );
  }
}

async function lockedRows(
  trx: OpenDatabase['db'],
  kind: OpenDatabase['kind'],
  scopes: readonly LimitScope[],
  now: number,
): Promise<Pick<RateLimitRow, 'id' | 'state'>[]> {
  const ids = scopes.map(({ id }) => id);
  const read = trx.selectFrom('rate_limits').select(['id', 'state']).where('id', 'in', ids).orderBy('id');
  // SQLite has a single writer, and its transaction has started as one.
  const locking = kind === 'postgres' ? read.forUpdate() : read;
  const rows = await locking.execute();
  if (rows.length === ids.length) return rows;
  const empty = { state: JSON.stringify(emptyBucket(now)), learned: null, updated_at: now };
  await trx
    .insertInto('rate_limits')
    .values(scopes.map(({ id, provider, model }) => ({ id, provider, model, ...empty })))
    .onConflict((c) => c.column('id').doNothing())
    .execute();
  return locking.execute();
}

/** This process's own buckets, used while the database is unavailable. */
export class MemoryBuckets {
  readonly #buckets = new Map<string, Bucket>();

  apply(changes: readonly BucketChange[], now: number): void {
    changed(this.#buckets, changes, now);
  }
}
