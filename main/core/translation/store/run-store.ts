import type { SqlBool } from 'kysely';
import type { OpenDatabase } from '../../database/open-database.ts';
import type { GroupRow, GroupState, RunRow } from '../../database/translation-tables.ts';
import { chunks, given, names } from './json-rows.ts';
import { saveTexts, type SaveTexts } from './text-store.ts';
import type { TranslationDatabase } from './translation-database.ts';

const groupColumns = [
  'id',
  'project',
  'run',
  'position',
  'kind',
  'state',
  'units',
  'unit_count',
  'request',
  'body',
  'body_bytes',
  'sha256',
  'prompt_tokens',
  'attempts',
  'bound',
  'cost',
  'provider',
  'model',
] as const satisfies readonly (keyof GroupRow)[];

export type NewGroup = Pick<GroupRow, (typeof groupColumns)[number]>;

/** What became of a group's request. */
export interface GroupEnd {
  id: string;
  state: Exclude<GroupState, 'sent'>;
  cost: number;
  code: string | null;
  message: string | null;
  ended: number;
}

/** How long a process that says nothing counts as alive. */
export const leaseMs = 60_000;

async function insertGroups(
  open: OpenDatabase,
  db: OpenDatabase['db'],
  groups: readonly NewGroup[],
): Promise<void> {
  const { sql } = open;
  for (const part of chunks(groups, 50))
    await sql`insert into translation_groups (${names(open, groupColumns)})
      select ${names(open, groupColumns)} from ${given(open, 'translation_groups', groupColumns, part)}`.execute(
      db,
    );
}

/** Requests whose times an estimate is made from. */
const measuredGroups = 50;

/** Runs and their groups. A group's row says what was sent and what is not known to be paid; nothing else does. */
export class RunStore {
  readonly #database: TranslationDatabase;

  constructor(database: TranslationDatabase) {
    this.#database = database;
  }

  /** The run of a project that is under way or was the last; null before the first. */
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

  /** Runs of a project, the latest first. */
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

  /** Begins a run unless one is under way whose process is alive; null then. */
  begin(row: RunRow, now: number, isDead: (owner: string) => boolean): Promise<RunRow | null> {
    return this.#database.write(({ db }) =>
      db.transaction().execute(async (trx) => {
        const running = await trx
          .selectFrom('translation_runs')
          .selectAll()
          .where('project', '=', row.project)
          .where('state', '=', 'running')
          .execute();
        for (const other of running) {
          const alive = (other.lease_until ?? 0) > now && !isDead(other.lease_owner ?? '');
          if (alive) return null;
          await trx
            .updateTable('translation_runs')
            .set({ state: 'paused', reason: 'the process that ran it ended', ended_at: now })
            .where('id', '=', other.id)
            .execute();
        }
        const last = await trx
          .selectFrom('translation_runs')
          .select((e) => e.fn.max('started_at').as('at'))
          .where('project', '=', row.project)
          .executeTakeFirst();
        // Runs of one project have an order, whatever the clock says.
        const begun = { ...row, started_at: Math.max(row.started_at, Number(last?.at ?? 0) + 1) };
        await trx.insertInto('translation_runs').values(begun).execute();
        return begun;
      }),
    );
  }

  /**
   * What the last process left: groups that were on their way may have been paid, those that were only planned are
   * planned again; those in a provider's batch are not touched. Returns how many became unknown.
   */
  recover(project: string, run: string, now: number): Promise<number> {
    return this.#database.write(async ({ db, sql }) => {
      const { numAffectedRows = 0n } = await sql`update translation_groups
        set state = 'unknown', code = 'outcome_unknown', cost = cost + coalesce(bound, 0), ended_at = ${now},
          message = 'it was on its way when its process ended, and may have been paid'
        where project = ${project} and run <> ${run} and state = 'sent' and batch is null`.execute(db);
      await sql`delete from translation_groups
        where project = ${project} and run <> ${run} and state = 'planned' and batch is null`.execute(db);
      return Number(numAffectedRows);
    });
  }

  /** Units of unknown groups are not sent again before the user says so. */
  async hold(project: string): Promise<void> {
    const groups = await this.unknown(project);
    for (const group of groups) {
      const ids = (JSON.parse(group.units) as [string, string][]).map(([id]) => id);
      await this.#database.write(({ db }) =>
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

  /** The user takes the risk: unknown groups count as failed, at their bound, and their units as not sent. */
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

  addGroups(groups: readonly NewGroup[]): Promise<void> {
    return this.#database.write((open) => insertGroups(open, open.db, groups));
  }

  setTotals(run: string, groups: number, units: number): Promise<unknown> {
    return this.#database.write(({ db }) =>
      db.updateTable('translation_runs').set({ groups, units }).where('id', '=', run).execute(),
    );
  }

  /** Groups that wait, in the order of the game. */
  planned(run: string, after: number, limit: number): Promise<GroupRow[]> {
    return this.#database.read(({ db }) =>
      db
        .selectFrom('translation_groups')
        .selectAll()
        .where('run', '=', run)
        .where('state', '=', 'planned')
        .where('position', '>', after)
        .orderBy('position')
        .orderBy('id')
        .limit(limit)
        .execute(),
    );
  }

  replan(
    id: string,
    change: Pick<GroupRow, 'request' | 'body' | 'body_bytes' | 'sha256' | 'bound' | 'provider' | 'model'>,
  ): Promise<unknown> {
    return this.#database.write(({ db }) =>
      db
        .updateTable('translation_groups')
        .set(change)
        .where('id', '=', id)
        .where('state', '=', 'planned')
        .execute(),
    );
  }

  /** On disk before the bytes leave; false where another process has taken it. */
  async markSent(id: string, owner: string, now: number): Promise<boolean> {
    const { numUpdatedRows } = await this.#database.durably(({ db }) =>
      db
        .updateTable('translation_groups')
        .set((e) => ({
          state: 'sent' as const,
          lease_owner: owner,
          lease_until: now + leaseMs,
          sent_at: now,
          attempts: e('attempts', '+', 1),
        }))
        .where('id', '=', id)
        .where('state', '=', 'planned')
        .executeTakeFirst(),
    );
    return numUpdatedRows === 1n;
  }

  /** Nothing was billed: the group is as it was before it was sent. */
  resetToPlanned(id: string): Promise<unknown> {
    return this.#database.persist(({ db }) =>
      db
        .updateTable('translation_groups')
        .set({ state: 'planned', lease_owner: null, lease_until: null })
        .where('id', '=', id)
        .where('state', '=', 'sent')
        .execute(),
    );
  }

  /** A reply, all of it or nothing: texts, cost, what is asked for again, and `within`, which belongs to it. */
  finish(
    end: GroupEnd,
    texts: SaveTexts | null,
    rest: readonly NewGroup[],
    within: (open: OpenDatabase, trx: OpenDatabase['db']) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    return this.#database.persist((open) =>
      open.db.transaction().execute(async (trx) => {
        const { id, state, cost, code, message, ended } = end;
        const now = await trx
          .selectFrom('translation_groups')
          .select('state')
          .where('id', '=', id)
          .executeTakeFirst();
        // Written by a try whose answer did not come in time.
        if (now?.state !== 'sent' && now?.state !== 'planned') return;
        if (texts) await saveTexts(open, trx, texts);
        // What it was made of stays, so that the request can be shown; the bytes themselves are made from that.
        const over = { state, code, message, ended_at: ended, body: null, lease_owner: null };
        await trx
          .updateTable('translation_groups')
          .set((e) => ({ ...over, cost: e('cost', '+', cost) }))
          .where('id', '=', id)
          .execute();
        if (rest.length) await insertGroups(open, trx, rest);
        await within(open, trx);
      }),
    );
  }

  /** Renews the run's lease and its groups'; what another process asks of it. */
  async beat(run: string, owner: string, now: number): Promise<RunRow['asked']> {
    return this.#database.write(async ({ db }) => {
      const until = { lease_until: now + leaseMs };
      await db.updateTable('translation_runs').set(until).where('id', '=', run).execute();
      await db
        .updateTable('translation_groups')
        .set(until)
        .where('run', '=', run)
        .where('lease_owner', '=', owner)
        .where('state', '=', 'sent')
        .execute();
      const row = await db
        .selectFrom('translation_runs')
        .select('asked')
        .where('id', '=', run)
        .executeTakeFirst();
      return row?.asked ?? null;
    });
  }

  ask(run: string, asked: 'pause' | 'cancel'): Promise<unknown> {
    return this.#database.write(({ db }) =>
      db
        .updateTable('translation_runs')
        .set({ asked })
        .where('id', '=', run)
        .where('state', '=', 'running')
        .execute(),
    );
  }

  end(run: string, change: Pick<RunRow, 'state' | 'code' | 'reason' | 'ended_at'>): Promise<void> {
    return this.#database.persist(async ({ db }) => {
      await db
        .updateTable('translation_runs')
        .set({ ...change, lease_owner: null, lease_until: null, asked: null })
        .where('id', '=', run)
        .execute();
      if (change.state !== 'cancelled') return;
      await db
        .deleteFrom('translation_groups')
        .where('run', '=', run)
        .where('state', '=', 'planned')
        .execute();
    });
  }

  /** USD of a project or of one run, with the bounds of what is unknown. */
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

  /** Milliseconds for a line in the last requests that a model answered, in all projects; null where there were none. */
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
      return (state === undefined ? base : base.where('state', '=', state))
        .orderBy('sent_at', 'desc')
        .orderBy('position')
        .limit(limit)
        .execute();
    });
  }
}
