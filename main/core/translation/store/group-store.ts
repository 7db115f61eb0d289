import type { RawBuilder, UpdateQueryBuilder, UpdateResult } from 'kysely';
import { nanoUsd } from '../../budget/ledger.ts';
import { databaseClock } from '../../database/clock.ts';
import type { OpenDatabase } from '../../database/open-database.ts';
import type { Tables } from '../../database/tables.ts';
import type { GroupRow, GroupState } from '../../database/translation-tables.ts';
import { chunks, rowsParameter, names } from './json-rows.ts';
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

/** A group in hand: what is sent is made anew from its request, so its planned bytes stay where they are. */
export type ClaimedGroup = Omit<NewGroup, 'body'>;

const claimedColumns = groupColumns.filter((column) => column !== 'body');

/** What became of a group's request. */
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

/** Providers that a process may send to; without either, all. */
export interface ProviderChoice {
  only?: readonly string[];
  except?: readonly string[];
}

const asked = ['rest', 'single'];

async function insertGroups(
  open: OpenDatabase,
  db: OpenDatabase['db'],
  groups: readonly NewGroup[],
): Promise<void> {
  const { sql } = open;
  for (const part of chunks(groups, 50))
    await sql`insert into translation_groups (${names(open, groupColumns)})
      select ${names(open, groupColumns)} from ${rowsParameter(open, 'translation_groups', groupColumns, part)} where true
      on conflict (id) do nothing`.execute(db);
}

/**
 * A part of what is reserved for a run becomes what it has spent. Runs without a limit are not counted: no row to wait for.
 * @param together what the same statement does, on PostgreSQL
 */
async function settleRun(
  db: OpenDatabase['db'],
  run: string,
  reserved: number,
  spent: number,
  together?: UpdateQueryBuilder<Tables, 'translation_groups', 'translation_groups', UpdateResult>,
): Promise<void> {
  const from = together ? db.with('ended', () => together) : db;
  await from
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
 * The groups of runs as all processes see them, on whatever machine. A group's row says what was sent and what is not
 * known to be paid; nothing else does. Locks are taken in one order: group, then run.
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
   * Takes groups of a run into hand, in the order of the game; what is asked for again comes after all else, so that a
   * model that answers nothing is found out before single lines are given up. No two processes get the same one.
   */
  claim(run: string, owner: string, limit: number, choice: ProviderChoice = {}): Promise<ClaimedGroup[]> {
    return this.#database.persist(async (open) => {
      const { sql } = open;
      for (const kinds of [sql`not in (${sql.join(asked)})`, sql`in (${sql.join(asked)})`]) {
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
    // As an array it is looked up once, whatever the planner thinks of the update.
    const those =
      kind === 'postgres' ? sql`= any(array(${free} for update of g skip locked))` : sql`in (${free})`;
    return sql<ClaimedGroup>`update translation_groups
      set lease_owner = ${owner}, lease_until = ${clock} + cast(${leaseMs} as bigint)
      where id ${those} returning ${names(open, claimedColumns)}`;
  }

  /** It was taken into hand, and nothing was sent. */
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

  /** A try failed before anything was sent: it counts, and the group is not taken for a while. */
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

  /**
   * On disk before the bytes leave, with its bound reserved in the run: all of it or nothing.
   * @param bound the group's, as far as the caller knows; if it is right, one statement does it on PostgreSQL
   */
  markSent(id: string, owner: string, now: number, bound: number | null = null): Promise<MarkSentResult> {
    return this.#database.persist((open) => markSent(open, { id, owner, now, bound }), 'durably');
  }

  /**
   * Nothing was billed: the group is as it was before it was sent, and is not taken for a while.
   * @param cost USD of an attempt before the last one
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
   * A reply, all of it or nothing: its texts, what it cost, and what is to be asked for again.
   * @param within what else belongs to the same transaction
   */
  finish(
    end: GroupEnd,
    texts: SaveTexts | null,
    rest: readonly NewGroup[],
    within: (open: OpenDatabase, trx: OpenDatabase['db']) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    return this.#database.persist((open) =>
      open.db.transaction().execute(async (trx) => {
        const { id, state, cost, code, message, ended, cache = {} } = end;
        const query = trx
          .selectFrom('translation_groups')
          .select(['state', 'run', 'bound'])
          .where('id', '=', id);
        const before = await (open.kind === 'postgres' ? query.forUpdate() : query).executeTakeFirst();
        // Another process gave this one up for dead, and nothing was sent in its place: the reply is here after all.
        const late = before?.state === 'unknown' && state !== 'unknown';
        // Else it was written by a try whose answer did not come in time.
        if (!before || !(before.state === 'sent' || before.state === 'planned' || late)) return;
        if (texts) await saveTexts(open, trx, texts);
        if (late)
          await trx.updateTable('translation_units').set({ held: null }).where('held', '=', id).execute();
        const counted = late ? (before.bound ?? 0) : 0;
        // What it was made of stays, so that the request can be shown; the bytes themselves are made from that.
        const over = { state, code, message, ended_at: ended, body: null, lease_owner: null, ...cache };
        const writeOver = trx
          .updateTable('translation_groups')
          .set((e) => ({ ...over, cost: e('cost', '+', cost - counted) }))
          .where('id', '=', id);
        const reserved = before.state === 'sent' ? boundOf(before) : 0;
        const spent = nanoUsd(cost) - (late ? boundOf(before) : 0);
        await settleRun(trx, before.run, reserved, spent, open.kind === 'postgres' ? writeOver : undefined);
        if (open.kind !== 'postgres') await writeOver.execute();
        if (rest.length) await insertGroups(open, trx, rest);
        await within(open, trx);
      }),
    );
  }

  /** This process is alive, and has these in hand. */
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
   * What was sent by a process that nobody has heard of since may have been paid; what is in a provider's batch has its
   * state in the batch's row. Returns how many groups became unknown.
   */
  expire(run: string, now: number): Promise<number> {
    return this.#database.write((open) =>
      open.db.transaction().execute(async (trx) => {
        const { sql } = open;
        const { rows } = await sql<Pick<GroupRow, 'bound'>>`update translation_groups
          set state = 'unknown', code = 'outcome_unknown', cost = cost + coalesce(bound, 0), ended_at = ${now},
            message = 'the machine that sent it was not heard of any more, and it may have been paid'
          where run = ${run} and state = 'sent' and batch is null and lease_until < ${databaseClock(open)}
          returning bound`.execute(trx);
        const bounds = rows.reduce((sum, row) => sum + boundOf(row), 0);
        if (rows.length) await settleRun(trx, run, bounds, bounds);
        return rows.length;
      }),
    );
  }
}
