import { nanoUsd } from '../../budget/ledger.ts';
import { databaseClock } from '../../database/clock.ts';
import type { OpenDatabase } from '../../database/open-database.ts';
import type { GroupRow } from '../../database/translation-tables.ts';

/**
 * What came of the attempt to send a group: `wait` where the money for it may come free again, `over` where it will not,
 * `stopped` where its run ends, `lost` where another process has it.
 */
export type MarkSentResult = 'sent' | 'wait' | 'over_limit' | 'stopped' | 'lost';

/** How long a process that says nothing counts as alive. */
export const leaseMs = 60_000;
/** A process that was not heard of for so long is not counted as one that works. */
export const aliveMs = leaseMs / 2;

/** Nano-USD of a group's bound. */
export const boundOf = ({ bound }: Pick<GroupRow, 'bound'>) => (bound === null ? 0 : nanoUsd(bound));

/** Thrown inside a transaction to undo it. */
class Undo extends Error {
  readonly result: MarkSentResult;

  constructor(result: MarkSentResult) {
    super(result);
    this.result = result;
  }
}

/** What a group is marked as sent by. */
interface Mark {
  id: string;
  owner: string;
  now: number;
  bound: number | null;
}

/**
 * Marks a group as sent and reserves its bound in one statement, which holds the run's row no longer than it takes: all
 * processes wait for that one. Rows are locked as everywhere, the group before its run.
 * @returns false where nothing was done, for whatever reason
 */
async function markInOneStatement(open: OpenDatabase, { id, owner, now, bound }: Mark): Promise<boolean> {
  const { db, sql, kind } = open;
  if (kind !== 'postgres') return false;
  const nano = boundOf({ bound });
  const { rows } = await sql<{ id: string }>`with claimed as (
      select id, run from translation_groups
      where id = ${id} and state = 'planned' and batch is null and lease_owner = ${owner}
        and bound is not distinct from cast(${bound} as double precision)
      for update),
    counted as (
      update translation_runs as r set reserved_nano = r.reserved_nano + ${nano} from claimed
      where r.id = claimed.run and r.state = 'running' and r.asked is null and r.limit_nano is not null
        and cast(${bound} as double precision) is not null
        and r.spent_nano + r.reserved_nano + ${nano} <= r.limit_nano
      returning r.id),
    unlimited as (
      select r.id from translation_runs as r join claimed on claimed.run = r.id
      where r.state = 'running' and r.asked is null and r.limit_nano is null)
    update translation_groups as g
    set state = 'sent', lease_until = ${databaseClock(open)} + cast(${leaseMs} as bigint), sent_at = ${now},
      attempts = g.attempts + 1
    from (select id from counted union all select id from unlimited) as granted
    where g.id = ${id} and g.run = granted.id
    returning g.id`.execute(db);
  return rows.length > 0;
}

async function markInSteps(open: OpenDatabase, { id, owner, now }: Mark): Promise<MarkSentResult> {
  const { db, sql } = open;
  const marked = await db
    .updateTable('translation_groups')
    .set((e) => ({
      state: 'sent' as const,
      lease_until: sql<number>`${databaseClock(open)} + ${leaseMs}`,
      sent_at: now,
      attempts: e('attempts', '+', 1),
    }))
    .where('id', '=', id)
    .where('state', '=', 'planned')
    .where('batch', 'is', null)
    .where('lease_owner', '=', owner)
    .returning(['run', 'bound'])
    .executeTakeFirst();
  if (!marked) {
    const row = await db
      .selectFrom('translation_groups')
      .select(['state', 'lease_owner'])
      .where('id', '=', id)
      .executeTakeFirst();
    // A try of ours whose answer did not come in time.
    return row?.state === 'sent' && row.lease_owner === owner ? 'sent' : 'lost';
  }
  const run = await db
    .selectFrom('translation_runs')
    .select(['state', 'asked', 'limit_nano'])
    .where('id', '=', marked.run)
    .executeTakeFirst();
  if (run?.state !== 'running' || run.asked !== null) throw new Undo('stopped');
  if (run.limit_nano === null) return 'sent';
  if (marked.bound === null) throw new Undo('over_limit');
  const bound = boundOf(marked);
  const { rows } = await sql<{ id: string }>`update translation_runs
    set reserved_nano = reserved_nano + ${bound}
    where id = ${marked.run} and state = 'running' and asked is null
      and spent_nano + reserved_nano + ${bound} <= limit_nano returning id`.execute(db);
  if (rows.length) return 'sent';
  const left = await db
    .selectFrom('translation_runs')
    .select(['state', 'asked', 'reserved_nano'])
    .where('id', '=', marked.run)
    .executeTakeFirst();
  if (left?.state !== 'running' || left.asked !== null) throw new Undo('stopped');
  throw new Undo(Number(left.reserved_nano) > 0 ? 'wait' : 'over_limit');
}

/**
 * Marks a group as sent and reserves its bound in its run: all of it or nothing.
 * @returns why not, where it was not marked
 */
export async function markSent(open: OpenDatabase, mark: Mark): Promise<MarkSentResult> {
  if (await markInOneStatement(open, mark)) return 'sent';
  try {
    return await open.db.transaction().execute((trx) => markInSteps({ ...open, db: trx }, mark));
  } catch (error) {
    if (error instanceof Undo) return error.result;
    throw error;
  }
}
