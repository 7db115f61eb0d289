import { databaseClock } from '../../database/clock.ts';
import type { RunRow, RunState, WorkerRow } from '../../database/translation-tables.ts';
import { leaseMs, presentMs } from './group-store.ts';
import type { TranslationDatabase } from './translation-database.ts';

/** Rows of processes that ended without a word are removed after so long. */
const forgottenMs = 3_600_000;

const stateOf: Readonly<Record<NonNullable<RunRow['asked']>, RunState>> = {
  pause: 'paused',
  cancel: 'cancelled',
  give_up: 'cancelled',
  wait: 'waiting',
};

export interface RunOutcome {
  state: RunState;
  code: string | null;
  reason: string | null;
}

/** Who works on which run, and when a run that nobody leads is over. */
export class WorkerStore {
  readonly #database: TranslationDatabase;

  constructor(database: TranslationDatabase) {
    this.#database = database;
  }

  /** This process is here; with a run, the run is alive too. Returns what is asked of the run. */
  async beat(
    worker: Omit<WorkerRow, 'seen_at'>,
    owner: string,
  ): Promise<Pick<RunRow, 'state' | 'asked'> | null> {
    const { id, machine, run, providers, groups } = worker;
    return this.#database.write(async (open) => {
      const { db, sql } = open;
      const clock = databaseClock(open);
      await sql`insert into translation_workers (id, machine, run, providers, groups, seen_at)
        values (${id}, ${machine}, ${run}, ${providers}, ${groups}, ${clock})
        on conflict (id) do update set run = excluded.run, providers = excluded.providers,
          groups = excluded.groups, seen_at = excluded.seen_at`.execute(db);
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
  present(run?: string): Promise<WorkerRow[]> {
    return this.#database.read((open) => {
      const all = open.db
        .selectFrom('translation_workers')
        .selectAll()
        .where('seen_at', '>', open.sql<number>`${databaseClock(open)} - ${presentMs}`)
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
   * left to send. Whoever looks first ends it.
   * @returns how it ended; null while it goes on
   */
  tryEnd(run: string, now: number): Promise<RunOutcome | null> {
    return this.#database.persist((open) =>
      open.db.transaction().execute(async (trx) => {
        const query = trx.selectFrom('translation_runs').selectAll().where('id', '=', run);
        const row = await (open.kind === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
        if (!row) return { state: 'cancelled', code: 'not_found', reason: 'the project was removed' };
        if (row.state !== 'running') return { state: row.state, code: row.code, reason: row.reason };
        const underWay = await trx
          .selectFrom('translation_groups')
          .select('id')
          .where('run', '=', run)
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
        await trx
          .updateTable('translation_runs')
          .set({ ...outcome, ended_at: now, lease_owner: null, lease_until: null, asked: null })
          .where('id', '=', run)
          .execute();
        if (outcome.state === 'cancelled')
          await trx
            .deleteFrom('translation_groups')
            .where('run', '=', run)
            .where('state', '=', 'planned')
            .execute();
        return outcome;
      }),
    );
  }
}

function doneWith(last: { message: string | null; failed: number } | undefined): RunOutcome {
  if (!last) return { state: 'done', code: null, reason: null };
  const reason = `${Number(last.failed)} requests failed, the last with: ${last.message ?? ''}; run again to send their lines`;
  return { state: 'done', code: 'failed_groups', reason };
}
