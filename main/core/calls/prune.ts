import { dayOf } from '../registry/lifecycle.ts';
import { keyAt } from './call-key.ts';
import type { Database } from '../database/database.ts';

/** What the log keeps. Daily totals outlive the calls from which they were counted. */
export interface Retention {
  days: number;
  calls: number;
  bodies: number;
  sumDays: number;
}

export const retention: Retention = { days: 90, calls: 500_000, bodies: 10_000, sumDays: 400 };

/** The retention for the user's number of days; daily totals are kept at least as long as calls. */
export function retentionFor(days: number): Retention {
  return { ...retention, days, sumDays: Math.max(retention.sumDays, days) };
}

const dayMs = 86_400_000;
/** Few enough that a call waiting for the lock does not notice. */
const atOnce = 500;

type Table = 'calls' | 'call_bodies';

/** Deletes in separate transactions, so that calls can be written in between. */
async function removeUpTo(database: Database, table: Table, last: string): Promise<number> {
  for (let removed = 0; ;) {
    const gone = await database.use('write', async ({ db }) => {
      const some = db.selectFrom(table).select('id').where('id', '<=', last).orderBy('id').limit(atOnce);
      const { numDeletedRows } = await db.deleteFrom(table).where('id', 'in', some).executeTakeFirst();
      return Number(numDeletedRows);
    });
    removed += gone;
    if (gone < atOnce) return removed;
  }
}

/** The newest row beyond the first `keep`, if there are that many. */
async function firstBeyond(database: Database, table: Table, keep: number): Promise<string | undefined> {
  const row = await database.use('read', ({ db }) =>
    db.selectFrom(table).select('id').orderBy('id', 'desc').limit(1).offset(keep).executeTakeFirst(),
  );
  return row?.id;
}

/**
 * The time from which ages are counted: now, but at most one day after the newest older call. Otherwise a
 * clock that is wrong for one start (calls made meanwhile have the wrong time too) would delete calls that
 * have to be kept.
 */
async function ageFrom(database: Database, now: number): Promise<number | null> {
  const row = await database.use('read', ({ db }) =>
    db
      .selectFrom('calls')
      .select('at')
      .where('id', '<=', keyAt(now - dayMs))
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst(),
  );
  return row ? Math.min(now, Number(row.at)) : null;
}

/**
 * Deletes calls that are too old or too many, in small steps; several servers may do so at once. A call
 * younger than the retention period, measured from the newest call, is never deleted.
 * @returns how many calls were deleted
 * @throws DatabaseDown
 */
export async function prune(database: Database, now: number, keep: Retention = retention): Promise<number> {
  const from = await ageFrom(database, now);
  const old = from === null ? '' : keyAt(from - keep.days * dayMs);
  const beyond = await firstBeyond(database, 'calls', keep.calls);
  const last = beyond !== undefined && beyond > old ? beyond : old;
  const removed = await removeUpTo(database, 'calls', last);
  const body = await firstBeyond(database, 'call_bodies', keep.bodies);
  await removeUpTo(database, 'call_bodies', body !== undefined && body > last ? body : last);
  await database.use('write', async ({ db, kind, sql }) => {
    if (from !== null)
      await db
        .deleteFrom('call_days')
        .where('day', '<', dayOf(from - keep.sumDays * dayMs))
        .execute();
    // SQLite updates its index statistics only on request; PostgreSQL does so automatically.
    if (kind === 'sqlite') await sql`pragma optimize`.execute(db);
  });
  return removed;
}
