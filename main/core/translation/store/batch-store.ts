import {
  markBatchUnknown,
  removeBatchEntry,
  reopenBatchEntry,
  settleBatchPart,
} from '../../budget/batch-entries.ts';
import type { UnknownReason } from '../../budget/ledger.ts';
import type { OpenDatabase } from '../../database/open-database.ts';
import type { BatchRow, BatchState, GroupRow } from '../../database/translation-tables.ts';
import { chunks, rowsParameter } from './json-rows.ts';
import { plannedUnits, type GroupEnd, type GroupStore, type NewGroup } from './group-store.ts';
import type { SaveTexts } from './text-store.ts';
import type { TranslationDatabase } from './translation-database.ts';

type Trx = OpenDatabase['db'];

const openStates: readonly BatchState[] = ['prepared', 'submitting', 'submitted', 'unknown'];

/** A provider's report on a batch. */
export type BatchReport = Pick<
  BatchRow,
  'remote_id' | 'remote_status' | 'completed' | 'failed' | 'expires_at' | 'message'
>;

/**
 * Batches and their groups. Each step is on disk before the next one begins, so that any process on any machine can
 * continue from these rows.
 */
export class BatchStore {
  readonly #database: TranslationDatabase;
  readonly #groups: GroupStore;

  constructor(database: TranslationDatabase, groups: GroupStore) {
    this.#database = database;
    this.#groups = groups;
  }

  /** Open batches, the oldest first. */
  open(project: string): Promise<BatchRow[]> {
    return this.#database.read(({ db }) =>
      db
        .selectFrom('translation_batches')
        .selectAll()
        .where('project', '=', project)
        .where('state', 'in', openStates)
        .orderBy('created_at')
        .execute(),
    );
  }

  /** Stores a batch and its groups. From then on, their units are held: no other request contains them. */
  async prepare(row: BatchRow, groups: readonly GroupRow[]): Promise<void> {
    await this.#database.write(({ db }) => db.insertInto('translation_batches').values(row).execute());
    for (const part of chunks(groups, 50)) {
      const ids = part.map(({ id }) => id);
      const heldUnits = part.flatMap((group) => plannedUnits(group).map(([id]) => ({ id, held: group.id })));
      await this.#database.write((database) =>
        database.db.transaction().execute(async (trx) => {
          await trx
            .updateTable('translation_groups')
            .set({ batch: row.id })
            .where('id', 'in', ids)
            .where('state', '=', 'planned')
            .execute();
          const rows = rowsParameter(database, 'translation_units', ['id', 'held'], heldUnits);
          await database.sql`update translation_units as u set held = given.held
            from ${rows} where u.id = given.id`.execute(trx);
        }),
      );
    }
  }

  /** Removes a batch that was never submitted or was refused as a whole. Its groups are `planned` again and cost nothing. */
  undo(id: string): Promise<void> {
    return this.#database.persist((database) =>
      database.db.transaction().execute(async (trx) => {
        await this.#release(database, trx, id);
        await trx
          .updateTable('translation_groups')
          .set({ state: 'planned', batch: null, sent_at: null })
          .where('batch', '=', id)
          .where('state', 'in', ['planned', 'sent'])
          .execute();
        await removeBatchEntry(database, trx, id);
        await trx.deleteFrom('translation_batches').where('id', '=', id).execute();
      }),
    );
  }

  /**
   * Is on disk before the call that creates the batch is sent.
   * @returns false if another process has undone the batch: then nothing may be sent
   */
  markSubmitting(id: string, file: string, now: number): Promise<boolean> {
    return this.#database.durably(({ db }) =>
      db.transaction().execute(async (trx) => {
        const state = { state: 'submitting' as const, file: file || null, submitted_at: now };
        const row = await trx
          .updateTable('translation_batches')
          .set(state)
          .where('id', '=', id)
          .where('state', '=', 'prepared')
          .returning('id')
          .executeTakeFirst();
        if (!row) return false;
        await trx
          .updateTable('translation_groups')
          .set((e) => ({ state: 'sent' as const, sent_at: now, attempts: e('attempts', '+', 1) }))
          .where('batch', '=', id)
          .where('state', '=', 'planned')
          .execute();
        return true;
      }),
    );
  }

  /** Stores a provider's report, after the creation or a poll. */
  saveReport(id: string, report: BatchReport): Promise<unknown> {
    return this.#database.persist(({ db }) =>
      db
        .updateTable('translation_batches')
        .set({ ...report, state: 'submitted' })
        .where('id', '=', id)
        .where('state', 'in', ['submitting', 'submitted'])
        .execute(),
    );
  }

  /** It is unknown whether the provider accepted the batch: its groups count at their bounds and are not sent again. */
  markUnknown(id: string, reason: UnknownReason, now: number): Promise<void> {
    return this.#database.persist((database) =>
      database.db.transaction().execute(async (trx) => {
        await trx
          .updateTable('translation_batches')
          .set({ state: 'unknown', message: reason.message })
          .where('id', '=', id)
          .execute();
        await this.#groupsUnknown(database, trx, id, reason.message, now);
        await markBatchUnknown(database, trx, id, reason, null);
      }),
    );
  }

  /** An unknown batch was found at its provider. */
  markFound(id: string, report: BatchReport, expires: number): Promise<void> {
    return this.#database.persist((database) =>
      database.db.transaction().execute(async (trx) => {
        const row = await trx
          .updateTable('translation_batches')
          .set({ ...report, state: 'submitted' })
          .where('id', '=', id)
          .where('state', '=', 'unknown')
          .returning('id')
          .executeTakeFirst();
        if (!row) return;
        await database.sql`update translation_groups
          set state = 'sent', code = null, message = null, ended_at = null, cost = cost - coalesce(bound, 0)
          where batch = ${id} and state = 'unknown'`.execute(trx);
        await reopenBatchEntry(database, trx, id, expires);
      }),
    );
  }

  /** Gives up a project's unknown batches: the user accepts the risk and wants their lines sent again. */
  giveUp(project: string): Promise<unknown> {
    return this.#database.write(({ db }) =>
      db
        .updateTable('translation_batches')
        .set({ state: 'given_up' })
        .where('project', '=', project)
        .where('state', '=', 'unknown')
        .execute(),
    );
  }

  /** Assigns the open batches of earlier runs to this run. */
  adopt(project: string, run: string): Promise<void> {
    return this.#database.write(({ db, sql }) =>
      db.transaction().execute(async (trx) => {
        await sql`update translation_groups set run = ${run} where project = ${project} and batch in
          (select id from translation_batches where project = ${project} and state in (${sql.join(openStates)}))`.execute(
          trx,
        );
        await trx
          .updateTable('translation_batches')
          .set({ run })
          .where('project', '=', project)
          .where('state', 'in', openStates)
          .execute();
      }),
    );
  }

  /** The state of every group in a batch, by the group's id. */
  async groups(id: string): Promise<Map<string, GroupRow['state']>> {
    const rows = await this.#database.read(({ db }) =>
      db.selectFrom('translation_groups').select(['id', 'state']).where('batch', '=', id).execute(),
    );
    return new Map(rows.map((row) => [row.id, row.state]));
  }

  async group(id: string): Promise<GroupRow | undefined> {
    return this.#database.read(({ db }) =>
      db.selectFrom('translation_groups').selectAll().where('id', '=', id).executeTakeFirst(),
    );
  }

  /** Planned groups that are in no batch yet, in the game's order. */
  waiting(run: string): Promise<GroupRow[]> {
    return this.#database.read(({ db }) =>
      db
        .selectFrom('translation_groups')
        .selectAll()
        .where('run', '=', run)
        .where('state', '=', 'planned')
        .where('batch', 'is', null)
        .orderBy('position')
        .orderBy('id')
        .execute(),
    );
  }

  /** Stores one request's result in one transaction: texts, the cost in group and ledger, and follow-up groups. */
  finish(
    batch: string,
    group: Pick<GroupRow, 'id' | 'bound'>,
    end: GroupEnd,
    texts: SaveTexts | null,
    followUps: readonly NewGroup[],
  ): Promise<void> {
    const isUnknown = end.state === 'unknown';
    return this.#groups.finish(end, texts, followUps, async (database, trx) => {
      if (isUnknown) return;
      await database.sql`update translation_units set held = null
        where held = ${group.id} and id in (${this.#unitsOf(database, group.id)})`.execute(trx);
      await settleBatchPart(database, trx, { entry: batch, bound: group.bound ?? 0, usd: end.cost });
    });
  }

  #unitsOf(database: OpenDatabase, group: string) {
    const { sql, kind } = database;
    return kind === 'postgres'
      ? sql`select u ->> 0 from translation_groups as g, json_array_elements(g.units::json) as u where g.id = ${group}`
      : sql`select json_extract(u.value, '$[0]') from translation_groups as g, json_each(g.units) as u where g.id = ${group}`;
  }

  /** Ends a batch whose results are all read. Groups that are still unknown stay in the ledger at their bounds. */
  end(id: string, report: Partial<BatchReport>, unknown: UnknownReason | null, now: number): Promise<void> {
    return this.#database.persist((database) =>
      database.db.transaction().execute(async (trx) => {
        const row = await trx
          .updateTable('translation_batches')
          .set({ ...report, state: 'ended', ended_at: now })
          .where('id', '=', id)
          .returning('remote_id')
          .executeTakeFirst();
        if (unknown === null) await removeBatchEntry(database, trx, id);
        else await markBatchUnknown(database, trx, id, unknown, row?.remote_id ?? null);
      }),
    );
  }

  async #groupsUnknown({ sql }: OpenDatabase, trx: Trx, id: string, message: string, now: number) {
    await sql`update translation_groups
      set state = 'unknown', code = 'outcome_unknown', message = ${message}, ended_at = ${now},
        cost = cost + coalesce(bound, 0)
      where batch = ${id} and state = 'sent'`.execute(trx);
  }

  async #release({ sql }: OpenDatabase, trx: Trx, id: string): Promise<void> {
    await sql`update translation_units set held = null where held in
      (select id from translation_groups where batch = ${id})
      and project = (select project from translation_batches where id = ${id})`.execute(trx);
  }
}
