import type { RawBuilder } from 'kysely';
import { nanoUsd } from '../../budget/ledger.ts';
import { databaseClock } from '../../database/clock.ts';
import type { OpenDatabase } from '../../database/open-database.ts';
import type { GroupRow, GroupState } from '../../database/translation-tables.ts';
import { chunks, columnList, rowsParameter } from './json-rows.ts';
import { boundOf, leaseMs, markSent, type MarkSentResult } from './mark-sent.ts';
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

/** A claimed group, without its planned bytes: the process that sends it builds them again from the request. */
export type ClaimedGroup = Omit<NewGroup, 'body'>;

const claimedColumns = groupColumns.filter((column) => column !== 'body');

/** The result of a group's request. */
export interface GroupEnd {
  id: string;
  state: Exclude<GroupState, 'sent'>;
  cost: number;
  code: string | null;
  message: string | null;
  ended: number;
  /** The reply's figures for the provider's cache; missing if the reply has none. */
  cache?: Pick<GroupRow, 'input_tokens' | 'cached_tokens' | 'cache_saving'>;
}

/** Providers that a process may send to; without both fields, all. */
export interface ProviderChoice {
  only?: readonly string[];
  except?: readonly string[];
}

/** A group's units in the request's order: the id and the pair that each had when it was planned. */
export const plannedUnits = ({ units }: Pick<GroupRow, 'units'>) =>
  JSON.parse(units) as [id: string, pair: string][];

/** The kinds of follow-up groups. */
const followUpKinds = ['rest', 'single'];

async function insertGroups(
  open: OpenDatabase,
  db: OpenDatabase['db'],
  groups: readonly NewGroup[],
): Promise<void> {
  const { sql } = open;
  for (const part of chunks(groups, 50))
    await sql`insert into translation_groups (${columnList(open, groupColumns)})
      select ${columnList(open, groupColumns)} from ${rowsParameter(open, 'translation_groups', groupColumns, part)} where true
      on conflict (id) do nothing`.execute(db);
}

/**
 * Replaces a part of a run's reservation by its cost, both in nano-USD. Runs without a limit are not counted, so that no
 * process waits for the run's row.
 */
async function settleRun(
  db: OpenDatabase['db'],
  run: string,
  reserved: number,
  spent: number,
): Promise<void> {
  await db
    .updateTable('translation_runs')
    .set((e) => ({
      reserved_nano: e('reserved_nano', '-', reserved),
      spent_nano: e('spent_nano', '+', spent),
    }))
    .where('id', '=', run)
    .where('limit_nano', 'is not', null)
    .execute();
}

/**
 * The groups of runs, which the processes of all machines share. Only a group's row says whether it was sent and whether
 * its payment is unknown. Rows are locked in one order: the group, then its run.
 */
export class GroupStore {
  readonly #database: TranslationDatabase;

  constructor(database: TranslationDatabase) {
    this.#database = database;
  }

  add(groups: readonly NewGroup[]): Promise<void> {
    return this.#database.persist((open) => insertGroups(open, open.db, groups));
  }

  /**
   * Claims groups of a run in the game's order; no two processes get the same group. Follow-up groups come last, so that
   * a model that never answers is noticed before single lines are flagged.
   */
  claim(run: string, owner: string, limit: number, choice: ProviderChoice = {}): Promise<ClaimedGroup[]> {
    return this.#database.persist(async (open) => {
      const { sql } = open;
      const followUp = sql.join(followUpKinds);
      for (const kinds of [sql`not in (${followUp})`, sql`in (${followUp})`]) {
        const { rows } = await this.#claimQuery(open, { run, owner, limit, choice, kinds }).execute(open.db);
        if (rows.length) return rows.toSorted((a, b) => a.position - b.position);
      }
      return [];
    });
  }

  #claimQuery(
    open: OpenDatabase,
    of: {
      run: string;
      owner: string;
      limit: number;
      choice: ProviderChoice;
      kinds: RawBuilder<unknown>;
    },
  ): RawBuilder<ClaimedGroup> {
    const { sql, kind } = open;
    const { run, owner, limit, choice, kinds } = of;
    const clock = databaseClock(open);
    const list = (providers: readonly string[]) => sql.join(providers.length ? [...providers] : ['']);
    const providers = [
      ...(choice.only ? [sql`and g.provider in (${list(choice.only)})`] : []),
      ...(choice.except?.length ? [sql`and g.provider not in (${list(choice.except)})`] : []),
    ];
    const free = sql`select g.id from translation_groups as g
      where g.run = ${run} and g.state = 'planned' and g.batch is null and g.kind ${kinds}
        and (g.lease_until is null or g.lease_until <= ${clock}) ${providers.length ? sql.join(providers, sql` `) : sql``}
        and exists (select 1 from translation_runs as r
          where r.id = ${run} and r.state = 'running' and r.asked is null and r.delivery is null)
      order by g.position, g.id limit ${limit}`;
    // With an array, PostgreSQL runs the subquery once, whichever plan it chooses for the update.
    const isFree =
      kind === 'postgres' ? sql`= any(array(${free} for update of g skip locked))` : sql`in (${free})`;
    return sql<ClaimedGroup>`update translation_groups
      set lease_owner = ${owner}, lease_until = ${clock} + cast(${leaseMs} as bigint)
      where id ${isFree} returning ${columnList(open, claimedColumns)}`;
  }

  /** Returns a claimed group that was not sent. */
  putBack(id: string, owner: string): Promise<unknown> {
    return this.#database.persist(({ db }) =>
      db
        .updateTable('translation_groups')
        .set({ lease_owner: null, lease_until: null })
        .where('id', '=', id)
        .where('state', '=', 'planned')
        .where('lease_owner', '=', owner)
        .execute(),
    );
  }

  /** Returns a group whose attempt failed before anything was sent. The attempt counts; the group can be claimed after a wait. */
  tryLater(id: string, owner: string, waitMs: number): Promise<unknown> {
    return this.#database.persist((open) =>
      open.db
        .updateTable('translation_groups')
        .set((e) => ({
          lease_owner: null,
          lease_until: open.sql<number>`${databaseClock(open)} + ${Math.round(waitMs)}`,
          attempts: e('attempts', '+', 1),
        }))
        .where('id', '=', id)
        .where('state', '=', 'planned')
        .where('lease_owner', '=', owner)
        .execute(),
    );
  }

  replan(
    id: string,
    change: Pick<GroupRow, 'request' | 'body' | 'body_bytes' | 'sha256' | 'bound' | 'provider' | 'model'>,
  ): Promise<unknown> {
    return this.#database.persist(({ db }) =>
      db
        .updateTable('translation_groups')
        .set(change)
        .where('id', '=', id)
        .where('state', '=', 'planned')
        .execute(),
    );
  }

  /** Marks a group as sent and reserves its bound in the run, in one transaction. Is on disk before the bytes are sent. */
  markSent(id: string, owner: string, now: number): Promise<MarkSentResult> {
    return this.#database.persist((open) => markSent(open, { id, owner, now }), 'durably');
  }

  /**
   * Nothing was billed: the group is `planned` again and can be claimed after a wait.
   * @param cost USD of earlier attempts of the same call
   */
  resetToPlanned(id: string, waitMs: number, cost: number): Promise<void> {
    return this.#database.persist((open) =>
      open.db.transaction().execute(async (trx) => {
        const reset = await trx
          .updateTable('translation_groups')
          .set((e) => ({
            state: 'planned' as const,
            lease_owner: null,
            lease_until: open.sql<number>`${databaseClock(open)} + ${Math.round(waitMs)}`,
            cost: e('cost', '+', cost),
          }))
          .where('id', '=', id)
          .where('state', '=', 'sent')
          .where('batch', 'is', null)
          .returning(['run', 'bound'])
          .executeTakeFirst();
        if (reset) await settleRun(trx, reset.run, boundOf(reset), nanoUsd(cost));
      }),
    );
  }

  /**
   * Stores the result of a group's request in one transaction: its texts, its cost, and follow-up groups.
   * @param alsoWrite further work for the same transaction
   */
  finish(
    end: GroupEnd,
    texts: SaveTexts | null,
    followUps: readonly NewGroup[],
    alsoWrite: (open: OpenDatabase, trx: OpenDatabase['db']) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    return this.#database.persist((open) =>
      open.db.transaction().execute(async (trx) => {
        const { id, state, cost, code, message, ended, cache = {} } = end;
        const query = trx
          .selectFrom('translation_groups')
          .select(['state', 'run', 'bound'])
          .where('id', '=', id);
        const group = await (open.kind === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
        // Another process considered this one dead and marked the group as unknown, but its reply has arrived.
        const isLate = group?.state === 'unknown' && state !== 'unknown';
        // In any other state, an earlier attempt of this write has succeeded, though it seemed to fail.
        if (!group || !(group.state === 'sent' || group.state === 'planned' || isLate)) return;
        if (texts) await saveTexts(open, trx, texts);
        if (isLate)
          await trx.updateTable('translation_units').set({ held: null }).where('held', '=', id).execute();
        // USD: an unknown group already counts at its bound.
        const counted = isLate ? (group.bound ?? 0) : 0;
        // The bytes are removed; the request stays, so that they can be built and shown again.
        const result = { state, code, message, ended_at: ended, body: null, lease_owner: null, ...cache };
        await trx
          .updateTable('translation_groups')
          .set((e) => ({ ...result, cost: e('cost', '+', cost - counted) }))
          .where('id', '=', id)
          .execute();
        const reserved = group.state === 'sent' ? boundOf(group) : 0;
        await settleRun(trx, group.run, reserved, nanoUsd(cost) - nanoUsd(counted));
        await insertGroups(open, trx, followUps);
        await alsoWrite(open, trx);
      }),
    );
  }

  /** Renews this process's leases on its claimed groups. */
  renew(ids: readonly string[], owner: string): Promise<unknown> {
    if (ids.length === 0) return Promise.resolve();
    return this.#database.write((open) =>
      open.db
        .updateTable('translation_groups')
        .set({ lease_until: open.sql<number>`${databaseClock(open)} + ${leaseMs}` })
        .where('id', 'in', [...ids])
        .where('lease_owner', '=', owner)
        .where('state', 'in', ['planned', 'sent'])
        .execute(),
    );
  }

  /**
   * Marks sent groups as unknown if their process is no longer alive: they may have been paid. Groups in batches are left
   * alone; the batch's row has their state.
   * @returns how many groups became unknown
   */
  expire(run: string, now: number): Promise<number> {
    return this.#database.write((open) =>
      open.db.transaction().execute(async (trx) => {
        const { sql } = open;
        const { rows } = await sql<Pick<GroupRow, 'bound'>>`update translation_groups
          set state = 'unknown', code = 'outcome_unknown', cost = cost + coalesce(bound, 0), ended_at = ${now},
            message = 'the machine that sent it no longer responds, and it may have been paid'
          where run = ${run} and state = 'sent' and batch is null and lease_until < ${databaseClock(open)}
          returning bound`.execute(trx);
        const bounds = rows.reduce((sum, row) => sum + boundOf(row), 0);
        if (rows.length) await settleRun(trx, run, bounds, bounds);
        return rows.length;
      }),
    );
  }
}
