import { nanoUsd } from '../../budget/ledger.ts';
import { databaseClock } from '../../database/clock.ts';
import type { OpenDatabase } from '../../database/open-database.ts';
import type { GroupRow } from '../../database/translation-tables.ts';

/**
 * The result of marking a group as sent. `wait`: the limit is reached, but open reservations may be released.
 * `over_limit`: the limit is reached. `stopped`: the run ends. `lost`: another process has the group.
 */
export type MarkSentResult = 'sent' | 'wait' | 'over_limit' | 'stopped' | 'lost';

/** How long a lease lasts after a process's last sign of life. */
export const leaseMs = 60_000;
/** A process without a heartbeat for this time is not listed as alive. */
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

interface Mark {
  id: string;
  owner: string;
  now: number;
}

async function markAndReserve(open: OpenDatabase, { id, owner, now }: Mark): Promise<MarkSentResult> {
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
    // An earlier attempt of this write succeeded, though it seemed to fail.
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
  const current = await db
    .selectFrom('translation_runs')
    .select(['state', 'asked', 'reserved_nano'])
    .where('id', '=', marked.run)
    .executeTakeFirst();
  if (current?.state !== 'running' || current.asked !== null) throw new Undo('stopped');
  throw new Undo(Number(current.reserved_nano) > 0 ? 'wait' : 'over_limit');
}

/** Marks a group as sent and reserves its bound in its run; does both or neither. */
export async function markSent(open: OpenDatabase, mark: Mark): Promise<MarkSentResult> {
  try {
    return await open.db.transaction().execute((trx) => markAndReserve({ ...open, db: trx }, mark));
  } catch (error) {
    if (error instanceof Undo) return error.result;
    throw error;
  }
}
