import { dayOf } from '../registry/lifecycle.ts';
import { keyAt } from './call-key.ts';
import type { Database } from '../database/database.ts';

/** What the log keeps. Sums of days outlive the calls they were counted from. */
export interface Retention {
  days: number;
  calls: number;
  bodies: number;
  sumDays: number;
}

export const retention: Retention = { days: 90, calls: 500_000, bodies: 10_000, sumDays: 400 };

/** The user's choice of days; what a day came to is kept at least as long as its calls. */
export function retentionFor(days: number): Retention {
  return { ...retention, days, sumDays: Math.max(retention.sumDays, days) };
}

const dayMs = 86_400_000;
/** Few enough that a call that waits for the lock does not notice. */
const atOnce = 500;

type Table = 'calls' | 'call_bodies';

/** Each piece is a piece of work of its own, so that calls are written in between. */
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

/** The newest row beyond the first `keep`, if there are so many. */
async function firstBeyond(database: Database, table: Table, keep: number): Promise<string | undefined> {
  const row = await database.use('read', ({ db }) =>
    db.selectFrom(table).select('id').orderBy('id', 'desc').limit(1).offset(keep).executeTakeFirst(),
  );
  return row?.id;
}

/**
 * The moment that ages are counted from: now, but no later than the newest call that is a day old, so that a clock that
 * is wrong for one start (calls made meanwhile have its time too) removes nothing that the right clock would keep.
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
 * Removes what is too old or too much, a little at a time; several servers may do so at once. Nothing goes that is
 * younger than the period before the newest call.
 * @returns how many calls went
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
    // SQLite chooses among the indexes by statistics that somebody has to ask for; PostgreSQL sees to its own.
    if (kind === 'sqlite') await sql`pragma optimize`.execute(db);
  });
  return removed;
}
