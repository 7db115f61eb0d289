import { projectRemovedEnd } from './run-ends.ts';
import type { Bit } from '../../database/tables.ts';
import { databaseClock } from '../../database/clock.ts';
import type { OpenDatabase } from '../../database/open-database.ts';
import type { RunRow, RunState, WorkerRow } from '../../database/translation-tables.ts';
import { leaseMs, aliveMs } from './mark-sent.ts';
import type { TranslationDatabase } from './translation-database.ts';

/** Rows of processes without a heartbeat are removed after this time. */
const staleRowMs = 3_600_000;

type Asked = NonNullable<RunRow['asked']>;

/** The state that a run ends in, by how it was asked to end. */
export const stateOf: Readonly<Record<Asked, RunState>> = {
  pause: 'paused',
  cancel: 'cancelled',
  give_up: 'cancelled',
  wait: 'waiting',
};

export interface RunOutcome {
  state: RunState;
  code: string | null;
  reason: string | null;
  /** USD to confirm, for a batch above a limit. */
  confirm_usd?: number | null;
}

/** Records which process works on which run, and ends runs. No process leads a run. */
export class WorkerStore {
  readonly #database: TranslationDatabase;

  constructor(database: TranslationDatabase) {
    this.#database = database;
  }

  /** Records that this process is alive, and renews the lease of its run. Returns the run's state and requested end. */
  async heartbeat(
    worker: Omit<WorkerRow, 'seen_at' | 'owner' | 'waits_for'> & Partial<Pick<WorkerRow, 'waits_for'>>,
    owner: string,
  ): Promise<Pick<RunRow, 'state' | 'asked'> | null> {
    const { id, machine, run, providers, groups, waits_for: waits = null } = worker;
    return this.#database.write(async (open) => {
      const { db, sql } = open;
      const clock = databaseClock(open);
      await sql`insert into translation_workers (id, machine, run, providers, groups, seen_at, owner, waits_for)
        values (${id}, ${machine}, ${run}, ${providers}, ${groups}, ${clock}, ${owner}, ${waits})
        on conflict (id) do update set run = excluded.run, providers = excluded.providers,
          groups = excluded.groups, seen_at = excluded.seen_at, owner = excluded.owner,
          waits_for = excluded.waits_for`.execute(db);
      await sql`delete from translation_workers where seen_at < ${clock} - ${staleRowMs}`.execute(db);
      if (run === null) return null;
      await db
        .updateTable('translation_runs')
        .set({ lease_owner: owner, lease_until: sql<number>`${clock} + ${leaseMs}` })
        .where('id', '=', run)
        .where('state', '=', 'running')
        .execute();
      const row = await db
        .selectFrom('translation_runs')
        .select(['state', 'asked'])
        .where('id', '=', run)
        .executeTakeFirst();
      return row ?? null;
    });
  }

  /** Processes with a heartbeat in the last half minute. */
  alive(run?: string): Promise<WorkerRow[]> {
    return this.#database.read((open) => {
      const all = open.db
        .selectFrom('translation_workers')
        .selectAll()
        .where('seen_at', '>', open.sql<number>`${databaseClock(open)} - ${aliveMs}`)
        .orderBy('machine');
      return (run === undefined ? all : all.where('run', '=', run)).execute();
    });
  }

  leave(id: string): Promise<unknown> {
    return this.#database.write(({ db }) =>
      db.deleteFrom('translation_workers').where('id', '=', id).execute(),
    );
  }

  /**
   * Ends a run without requests in progress on any machine: as requested, or as `done` if nothing is left to send. The
   * first process to notice ends it. A batch run is ended by its own process while that is alive; its batches stay at the
   * provider.
   * @returns the run's outcome; null while the run continues
   */
  tryEnd(run: string, now: number): Promise<RunOutcome | null> {
    return this.#database.persist(async (open) => {
      // Most calls find work in progress. This check avoids a lock on the run's row, which sending processes need.
      if (await isInProgress(open, run)) return null;
      return open.db.transaction().execute(async (trx) => {
        const row = await lockRun(open, trx, run);
        if (!row) return removed;
        if (row.state !== 'running') return outcomeOf(row);
        if (row.delivery === 'batch' && (row.asked === null || Number(row.leased) === 1)) return null;
        const inProgress = await trx
          .selectFrom('translation_groups')
          .select('id')
          .where('run', '=', run)
          .where('batch', 'is', null)
          .where('state', 'in', row.asked === null ? ['planned', 'sent'] : ['sent'])
          .limit(1)
          .executeTakeFirst();
        if (inProgress || (row.asked === null && row.planned_at === null)) return null;
        const outcome: RunOutcome =
          row.asked === null
            ? doneWith(
                await trx
                  .selectFrom('translation_groups')
                  .select(['message', (e) => e.fn.countAll<number>().over().as('failed')])
                  .where('run', '=', run)
                  .where('state', '=', 'failed')
                  .orderBy('ended_at', 'desc')
                  .limit(1)
                  .executeTakeFirst(),
              )
            : { state: stateOf[row.asked], code: row.code, reason: row.reason };
        await writeEnd(trx, run, outcome, now);
        return outcome;
      });
    });
  }

  /**
   * Ends a run that only its own process works on, with this outcome. If another process requested an end, that decides
   * the state.
   * @returns the stored outcome, which differs if another process has ended the run already
   */
  end(run: string, outcome: RunOutcome, now: number): Promise<RunOutcome> {
    return this.#database.persist((open) =>
      open.db.transaction().execute(async (trx) => {
        const row = await lockRun(open, trx, run);
        if (!row) return removed;
        if (row.state !== 'running') return outcomeOf(row);
        const end = row.asked === null ? outcome : endAsAsked(row.asked, outcome);
        await writeEnd(trx, run, end, now);
        return end;
      }),
    );
  }
}

/** Whether a run continues and has groups that are planned or sent. */
async function isInProgress({ db }: OpenDatabase, run: string): Promise<boolean> {
  const row = await db
    .selectFrom('translation_runs as r')
    .select('r.id')
    .where('r.id', '=', run)
    .where('r.state', '=', 'running')
    .where('r.asked', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('translation_groups as g')
          .select('g.id')
          .where('g.run', '=', run)
          .where('g.batch', 'is', null)
          .where('g.state', 'in', ['planned', 'sent']),
      ),
    )
    .executeTakeFirst();
  return row !== undefined;
}

const removed: RunOutcome = { state: 'cancelled', code: 'not_found', reason: projectRemovedEnd.message };

const outcomeOf = ({ state, code, reason }: RunRow): RunOutcome => ({ state, code, reason });

/** The requested end decides the state; code and reason come from the process's own outcome. */
const endAsAsked = (asked: Asked, outcome: RunOutcome): RunOutcome => ({
  ...outcome,
  state: stateOf[asked],
});

/** Locks the run's row until the transaction ends. `leased` says whether the run's process is alive. */
function lockRun(
  open: OpenDatabase,
  trx: OpenDatabase['db'],
  run: string,
): Promise<(RunRow & { leased: Bit }) | undefined> {
  const query = trx
    .selectFrom('translation_runs')
    .selectAll()
    .select(open.sql<Bit>`case when lease_until > ${databaseClock(open)} then 1 else 0 end`.as('leased'))
    .where('id', '=', run);
  return (open.kind === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
}

/** Stores a run's outcome. Planned groups of a cancelled run are deleted; the next run plans their units again. */
async function writeEnd(
  trx: OpenDatabase['db'],
  run: string,
  outcome: RunOutcome,
  now: number,
): Promise<void> {
  await trx
    .updateTable('translation_runs')
    .set({ ...outcome, ended_at: now, lease_owner: null, lease_until: null, asked: null })
    .where('id', '=', run)
    .execute();
  if (outcome.state !== 'cancelled') return;
  await trx
    .deleteFrom('translation_groups')
    .where('run', '=', run)
    .where('state', '=', 'planned')
    .where('batch', 'is', null)
    .execute();
}

function doneWith(last: { message: string | null; failed: number } | undefined): RunOutcome {
  if (!last) return { state: 'done', code: null, reason: null };
  const reason = `${Number(last.failed)} requests failed, the last with: ${last.message ?? ''}; run again to send their lines`;
  return { state: 'done', code: 'failed_groups', reason };
}
