import { processEndedEnd } from './run-ends.ts';
import type { RunView } from '../../../../contract/translation.ts';
import type { SqlBool } from 'kysely';
import type { Bit } from '../../database/tables.ts';
import { databaseClock } from '../../database/clock.ts';
import type { GroupRow, GroupState, RunRow, WorkerRow } from '../../database/translation-tables.ts';
import { plannedUnits } from './group-store.ts';
import { leaseMs, aliveMs } from './mark-sent.ts';
import type { TranslationDatabase } from './translation-database.ts';

/** How a run is to end, and why. */
export interface RequestedEnd extends Partial<Pick<RunRow, 'code' | 'reason' | 'confirm_usd'>> {
  asked: NonNullable<RunRow['asked']>;
}

/** How many of the latest requests a time estimate uses. */
const measuredGroups = 50;

/** Runs, and the totals of their groups. */
export class RunStore {
  readonly #database: TranslationDatabase;

  constructor(database: TranslationDatabase) {
    this.#database = database;
  }

  /** A project's current or last run; null before the first. */
  async latest(project: string): Promise<RunRow | null> {
    const row = await this.#database.read(({ db }) =>
      db
        .selectFrom('translation_runs')
        .selectAll()
        .where('project', '=', project)
        .orderBy('started_at', 'desc')
        .limit(1)
        .executeTakeFirst(),
    );
    return row ?? null;
  }

  /** A project's runs, the latest first. */
  list(project: string, limit: number): Promise<RunRow[]> {
    return this.#database.read(({ db }) =>
      db
        .selectFrom('translation_runs')
        .selectAll()
        .where('project', '=', project)
        .orderBy('started_at', 'desc')
        .limit(limit)
        .execute(),
    );
  }

  /**
   * Starts a run.
   * @param leasedMs how long the process counts as alive without a heartbeat
   * @returns null if a live process works on another run of the project, or if requests are still in progress
   */
  begin(row: RunRow, isDead: (owner: string) => boolean, leasedMs = leaseMs): Promise<RunRow | null> {
    return this.#database.write((open) =>
      open.db.transaction().execute(async (trx) => {
        const clock = databaseClock(open);
        const running = await trx
          .selectFrom('translation_runs')
          .select(['id', 'lease_owner'])
          .select(open.sql<Bit>`case when lease_until > ${clock} then 1 else 0 end`.as('leased'))
          .where('project', '=', row.project)
          .where('state', '=', 'running')
          .execute();
        const sending = await trx
          .selectFrom('translation_groups')
          .select('lease_owner')
          .distinct()
          .where('project', '=', row.project)
          .where('state', '=', 'sent')
          .where('batch', 'is', null)
          .where('lease_until', '>', clock)
          .execute();
        const alive = [...running.filter(({ leased }) => Number(leased) === 1), ...sending];
        if (alive.some(({ lease_owner: owner }) => !isDead(owner ?? ''))) return null;
        await trx
          .updateTable('translation_runs')
          .set({ state: 'paused', reason: processEndedEnd.message, ended_at: row.started_at })
          .where('project', '=', row.project)
          .where('state', '=', 'running')
          .execute();
        const last = await trx
          .selectFrom('translation_runs')
          .select((e) => e.fn.max('started_at').as('at'))
          .where('project', '=', row.project)
          .executeTakeFirst();
        // Runs of one project are in order even if the clock goes back.
        const started = { ...row, started_at: Math.max(row.started_at, Number(last?.at ?? 0) + 1) };
        const until = { lease_until: open.sql<number>`${clock} + ${leasedMs}` };
        await trx
          .insertInto('translation_runs')
          .values({ ...started, ...until })
          .execute();
        return started;
      }),
    );
  }

  /** Whether a live process works on a run of the project. */
  async isAlive(project: string, isDead: (owner: string) => boolean): Promise<boolean> {
    const rows = await this.#database.read((open) =>
      open.db
        .selectFrom('translation_runs')
        .select('lease_owner')
        .where('project', '=', project)
        .where('state', '=', 'running')
        .where('lease_until', '>', databaseClock(open))
        .execute(),
    );
    return rows.some(({ lease_owner: owner }) => !isDead(owner ?? ''));
  }

  /**
   * Cleans up after earlier runs. Sent groups may have been paid and become `unknown`. Planned groups are deleted, and the
   * new run plans their units again. Groups in batches are left alone. Call it only after `begin`: then no earlier run is
   * alive.
   * @returns how many groups became unknown
   */
  recover(project: string, run: string, now: number): Promise<number> {
    return this.#database.write(async ({ db, sql }) => {
      const { numAffectedRows = 0n } = await sql`update translation_groups
        set state = 'unknown', code = 'outcome_unknown', cost = cost + coalesce(bound, 0), ended_at = ${now},
          message = 'it was in progress when its process ended, and may have been paid'
        where project = ${project} and run <> ${run} and state = 'sent' and batch is null`.execute(db);
      await sql`delete from translation_groups
        where project = ${project} and run <> ${run} and state = 'planned' and batch is null`.execute(db);
      return Number(numAffectedRows);
    });
  }

  /** Holds the units of unknown groups: they are sent again only if the user asks for it. */
  async hold(project: string): Promise<void> {
    const groups = await this.unknown(project);
    for (const group of groups) {
      const ids = plannedUnits(group).map(([id]) => id);
      await this.#database.persist(({ db }) =>
        db
          .updateTable('translation_units')
          .set({ held: group.id })
          .where('id', 'in', ids)
          .where('held', 'is', null)
          .where('state', 'in', ['new', 'flagged'])
          .execute(),
      );
    }
  }

  /** Releases held units: the user accepts the risk. Unknown groups become `failed`, and still cost their bounds. */
  release(project: string): Promise<void> {
    return this.#database.write(async ({ db, sql }) => {
      await db
        .updateTable('translation_units')
        .set({ held: null })
        .where('project', '=', project)
        .where(
          sql<SqlBool>`held in (select id from translation_groups where project = ${project} and state = 'unknown')`,
        )
        .execute();
      await db
        .updateTable('translation_groups')
        .set({ state: 'failed', message: 'it may have been paid; its lines were sent again as asked' })
        .where('project', '=', project)
        .where('state', '=', 'unknown')
        .execute();
    });
  }

  unknown(project: string): Promise<Pick<GroupRow, 'id' | 'units'>[]> {
    return this.#database.read(({ db }) =>
      db
        .selectFrom('translation_groups')
        .select(['id', 'units'])
        .where('project', '=', project)
        .where('state', '=', 'unknown')
        .execute(),
    );
  }

  /** Stores what other machines need for the run, and the spending limit that all of them share. */
  prepare(run: string, change: Pick<RunRow, 'task' | 'limit_nano' | 'spent_nano'>): Promise<unknown> {
    return this.#database.write(({ db }) =>
      db.updateTable('translation_runs').set(change).where('id', '=', run).execute(),
    );
  }

  /** All groups are stored; from now on, other machines may help to send them. */
  setPlanned(run: string, groups: number, units: number, now: number): Promise<unknown> {
    return this.#database.persist(({ db }) =>
      db
        .updateTable('translation_runs')
        .set({ groups, units, planned_at: now })
        .where('id', '=', run)
        .execute(),
    );
  }

  async get(run: string): Promise<RunRow | null> {
    const row = await this.#database.persist(({ db }) =>
      db.selectFrom('translation_runs').selectAll().where('id', '=', run).executeTakeFirst(),
    );
    return row ?? null;
  }

  /** The task of a project's latest run that has one; null if none has. */
  async lastTask(project: string): Promise<string | null> {
    const row = await this.#database.read(({ db }) =>
      db
        .selectFrom('translation_runs')
        .select('task')
        .where('project', '=', project)
        .where('task', 'is not', null)
        .orderBy('started_at', 'desc')
        .limit(1)
        .executeTakeFirst(),
    );
    return row?.task ?? null;
  }

  /** Runs that other processes may help with. Batch runs are not among them: only one process works on those. */
  shared(): Promise<RunRow[]> {
    return this.#database.read(({ db }) =>
      db
        .selectFrom('translation_runs')
        .selectAll()
        .where('state', '=', 'running')
        .where('planned_at', 'is not', null)
        .where('asked', 'is', null)
        .where('delivery', 'is', null)
        .orderBy('started_at')
        .execute(),
    );
  }

  /** Stops all processes from starting further groups of a run. The first request counts; `give_up` overrides it. */
  requestEnd(run: string, how: RequestedEnd): Promise<unknown> {
    return this.#database.persist(({ db }) => {
      const all = db
        .updateTable('translation_runs')
        .set({ code: null, reason: null, ...how })
        .where('id', '=', run)
        .where('state', '=', 'running');
      return (how.asked === 'give_up' ? all : all.where('asked', 'is', null)).execute();
    });
  }

  /** Processes that work on a run, with the milliseconds since their last heartbeat. */
  processes(run: string): Promise<(WorkerRow & { seen_ago: number })[]> {
    return this.#database.read((open) =>
      open.db
        .selectFrom('translation_workers')
        .selectAll()
        .select(open.sql<number>`${databaseClock(open)} - seen_at`.as('seen_ago'))
        .where('run', '=', run)
        .where('seen_at', '>', open.sql<number>`${databaseClock(open)} - ${aliveMs}`)
        .orderBy('machine')
        .orderBy('id')
        .execute(),
    );
  }

  /** USD spent on a project or one run; unknown groups count at their bounds. */
  async spent(of: { project: string; run?: string }): Promise<number> {
    const row = await this.#database.read(({ db }) => {
      const base = db
        .selectFrom('translation_groups')
        .select((e) => e.fn.sum<number | null>('cost').as('usd'))
        .where('project', '=', of.project);
      return (of.run === undefined ? base : base.where('run', '=', of.run)).executeTakeFirst();
    });
    return Number(row?.usd ?? 0);
  }

  /** Cache figures of a run's requests, as far as providers report them; null if none does. */
  async cache(run: string): Promise<RunView['cache']> {
    const row = await this.#database.read(({ db }) =>
      db
        .selectFrom('translation_groups')
        .select((e) => [
          e.fn.sum<number | null>('input_tokens').as('input'),
          e.fn.sum<number | null>('cached_tokens').as('cached'),
          e.fn.sum<number | null>('cache_saving').as('saving'),
        ])
        .where('run', '=', run)
        .where('cached_tokens', 'is not', null)
        .executeTakeFirst(),
    );
    if (!row || row.input === null) return null;
    return {
      input_tokens: Number(row.input),
      cached_tokens: Number(row.cached),
      saved_usd: row.saving === null ? null : Number(row.saving),
    };
  }

  /** Upper bound in USD of a project's requests in open batches. `spent` does not include them. */
  async atProviders(project: string): Promise<number> {
    const row = await this.#database.read(({ db }) =>
      db
        .selectFrom('translation_groups')
        .select((e) => e.fn.sum<number | null>('bound').as('usd'))
        .where('project', '=', project)
        .where('state', '=', 'sent')
        .where('batch', 'is not', null)
        .executeTakeFirst(),
    );
    return Number(row?.usd ?? 0);
  }

  /** Average milliseconds for a line in a model's latest requests, in all projects; null if there are none. */
  async msPerLine({ provider, model }: Pick<GroupRow, 'provider' | 'model'>): Promise<number | null> {
    const rows = await this.#database.read(({ db }) =>
      db
        .selectFrom('translation_groups')
        .select(['sent_at', 'ended_at', 'unit_count'])
        .where('provider', '=', provider)
        .where('model', '=', model)
        .where('state', '=', 'done')
        .where('sent_at', 'is not', null)
        .where('ended_at', 'is not', null)
        .orderBy('ended_at', 'desc')
        .limit(measuredGroups)
        .execute(),
    );
    const ms = rows.reduce((sum, row) => sum + Math.max(0, Number(row.ended_at) - Number(row.sent_at)), 0);
    const lines = rows.reduce((sum, row) => sum + row.unit_count, 0);
    return lines > 0 ? ms / lines : null;
  }

  async groupCounts(of: { project: string; run?: string }): Promise<Record<string, number>> {
    const rows = await this.#database.read(({ db }) => {
      const base = db
        .selectFrom('translation_groups')
        .select(['state', (e) => e.fn.countAll<number>().as('n')])
        .where('project', '=', of.project);
      return (of.run === undefined ? base : base.where('run', '=', of.run)).groupBy('state').execute();
    });
    return Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)]));
  }

  groups(
    project: string,
    { run, state }: { run?: string | undefined; state?: GroupState | undefined },
    limit: number,
  ): Promise<GroupRow[]> {
    return this.#database.read(({ db }) => {
      const all = db.selectFrom('translation_groups').selectAll().where('project', '=', project);
      const base = run === undefined ? all : all.where('run', '=', run);
      return (
        (state === undefined ? base : base.where('state', '=', state))
          // By default, PostgreSQL sorts null (not sent yet) first.
          .orderBy('sent_at', (order) => order.desc().nullsLast())
          .orderBy('position')
          .limit(limit)
          .execute()
      );
    });
  }
}
