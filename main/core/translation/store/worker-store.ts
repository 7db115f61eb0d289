import type { Bit } from '../../database/tables.ts';
import { databaseClock } from '../../database/clock.ts';
import type { OpenDatabase } from '../../database/open-database.ts';
import type { RunRow, RunState, WorkerRow } from '../../database/translation-tables.ts';
import { leaseMs, aliveMs } from './mark-sent.ts';
import type { TranslationDatabase } from './translation-database.ts';

/** Rows of processes that ended without a word are removed after so long. */
const forgottenMs = 3_600_000;

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
  /** USD that a batch above a limit asks to confirm. */
  confirm_usd?: number | null;
}

/** Who works on which run, and when a run that nobody leads is over. */
export class WorkerStore {
  readonly #database: TranslationDatabase;

  constructor(database: TranslationDatabase) {
    this.#database = database;
  }

  /** This process is here; with a run, the run is alive too. Returns what is asked of the run. */
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
      await sql`delete from translation_workers where seen_at < ${clock} - ${forgottenMs}`.execute(db);
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

  /** Processes that were heard of in the last half minute. */
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
   * Ends a run of which nothing is under way any more, on any machine: as it was asked to end, or done where nothing is
   * left to send. Whoever looks first ends it. One that is delivered as batches is ended by its own process while that
   * is alive; what it has at a provider stays there.
   * @returns how it ended; null while it goes on
   */
  tryEnd(run: string, now: number): Promise<RunOutcome | null> {
    return this.#database.persist(async (open) => {
      // Most looks find work under way: those do not keep the run's row from processes that send.
      if (await isUnderWay(open, run)) return null;
      return open.db.transaction().execute(async (trx) => {
        const row = await lockRun(open, trx, run);
        if (!row) return removed;
        if (row.state !== 'running') return outcomeOf(row);
        if (row.delivery === 'batch' && (row.asked === null || Number(row.leased) === 1)) return null;
        const underWay = await trx
          .selectFrom('translation_groups')
          .select('id')
          .where('run', '=', run)
          .where('batch', 'is', null)
          .where('state', 'in', row.asked === null ? ['planned', 'sent'] : ['sent'])
          .limit(1)
          .executeTakeFirst();
        if (underWay || (row.asked === null && row.planned_at === null)) return null;
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
   * Ends a run that only its own process works on: as another one asked it to end, else with this outcome.
   * @returns how it ended; what another process has ended meanwhile stays as it is
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

/** Whether a run goes on and somebody has a group of it to send, or is sending one. */
async function isUnderWay({ db }: OpenDatabase, run: string): Promise<boolean> {
  const found = await db
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
  return found !== undefined;
}

const removed: RunOutcome = { state: 'cancelled', code: 'not_found', reason: 'the project was removed' };

const outcomeOf = ({ state, code, reason }: RunRow): RunOutcome => ({ state, code, reason });

/** What a process knows of the end stays, whatever another one has asked for. */
const endAsAsked = (asked: Asked, outcome: RunOutcome): RunOutcome => ({
  ...outcome,
  state: stateOf[asked],
});

/** The run's row, which nobody else changes before the transaction ends, and whether its process is heard of. */
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

/** What is only planned of a cancelled run is planned anew by the next one. */
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
