import type { Expression, SqlBool } from 'kysely';
import type { OpenDatabase } from '../../database/open-database.ts';
import type { UnitRow } from '../../database/translation-tables.ts';
import type { TranslationDatabase } from './translation-database.ts';

const pendingColumns = [
  'id',
  'file',
  'ordinal',
  'scene',
  'speaker',
  'source',
  'pair',
  'max_cells',
  'target',
  'state',
  'problems',
] as const satisfies readonly (keyof UnitRow)[];

/** The fields of a unit that a request is built from. */
export type PendingUnit = Pick<UnitRow, (typeof pendingColumns)[number]>;

const exportColumns = [
  'key',
  'file',
  'target',
  'state',
  'severity',
  'stale',
  'read_only',
] as const satisfies readonly (keyof UnitRow)[];

/** The fields of a unit that an export needs. */
export type StoredTranslation = Pick<UnitRow, (typeof exportColumns)[number]>;

export interface ContextLine {
  source: string;
  target: string | null;
  ordinal: number;
}

export interface UnitFilter {
  state?: readonly UnitRow['state'][] | undefined;
  file?: string | undefined;
  /** A name; empty for text without a speaker. */
  speaker?: string | undefined;
  problem?: string | undefined;
  severity?: 'error' | 'warning' | undefined;
  stale?: boolean | undefined;
  gone?: boolean | undefined;
  text?: string | undefined;
  ids?: readonly string[] | undefined;
}

/** Ordinals that one statement covers. */
export const windowSize = 50_000;

const escaped = (text: string) => text.replace(/[\\%_]/g, (mark) => `\\${mark}`);

const titled = (text: string) =>
  text
    .toLowerCase()
    .replace(/(^|\P{L})(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());

/**
 * Variants of a search text, lower case first. SQLite ignores case only for ASCII letters. Other text is therefore searched
 * in several forms: as typed, in lower case, in upper case, and with a capital at the start of the first or every word.
 */
export function caseForms(text: string): string[] {
  const lower = text.toLowerCase();
  // oxlint-disable-next-line no-control-regex -- ASCII
  if (/^[\u0000-\u007f]*$/.test(text) || (lower === text && text.toUpperCase() === text)) return [lower];
  const [first = ''] = lower;
  return [
    ...new Set([
      lower,
      text,
      text.toUpperCase(),
      first.toUpperCase() + lower.slice(first.length),
      titled(text),
    ]),
  ];
}

/** The condition of a filter, for both databases. Without `gone`, it excludes units that are gone. */
export function unitCondition(
  { sql }: OpenDatabase,
  project: string,
  filter: UnitFilter,
): Expression<SqlBool> {
  const { state, file, speaker, problem, severity, stale, gone, text, ids } = filter;
  const all = [sql<SqlBool>`project = ${project}`, sql<SqlBool>`gone = ${gone ? 1 : 0}`];
  if (state?.length) all.push(sql`state in (${sql.join(state)})`);
  if (file !== undefined) all.push(sql`file = ${file}`);
  if (speaker === '') all.push(sql`speaker is null`);
  else if (speaker !== undefined) all.push(sql`speaker = ${speaker}`);
  if (severity !== undefined) all.push(sql`severity = ${severity}`);
  if (stale !== undefined) all.push(sql`stale = ${stale ? 1 : 0}`);
  if (problem !== undefined) all.push(sql`problems like ${`%"code":"${escaped(problem)}"%`} escape '\\'`);
  if (ids !== undefined) all.push(ids.length ? sql`id in (${sql.join(ids)})` : sql`1 = 0`);
  if (text !== undefined && text !== '') {
    const forms = caseForms(text).map((form) => `%${escaped(form)}%`);
    const has = (column: string) =>
      forms.map((form, at) =>
        at === 0
          ? sql`lower(${sql.ref(column)}) like ${form} escape '\\'`
          : sql`${sql.ref(column)} like ${form} escape '\\'`,
      );
    all.push(sql`(${sql.join(['source', 'target', 'speaker'].flatMap(has), sql` or `)})`);
  }
  return sql<SqlBool>`${sql.join(all, sql` and `)}`;
}

/** Reads units for plan, review and export: page by page, in the game's order. */
export class UnitStore {
  readonly #database: TranslationDatabase;

  constructor(database: TranslationDatabase) {
    this.#database = database;
  }

  /**
   * Units that a run would send.
   * @param mock an offline run skips texts of earlier offline runs; a real run replaces them
   */
  pending(project: string, after: number, limit: number, mock: boolean): Promise<PendingUnit[]> {
    return this.#inWindows(project, after, limit, ({ db, sql }, from, to, left) =>
      db
        .selectFrom('translation_units')
        .select(pendingColumns)
        .where('project', '=', project)
        .where('ordinal', '>', from)
        .where('ordinal', '<=', to)
        .where('gone', '=', 0)
        .where('repeat', '=', 0)
        .where('held', 'is', null)
        .where('read_only', 'is', null)
        .where(
          mock
            ? sql<SqlBool>`state = 'new'`
            : sql<SqlBool>`(state = 'new' or (origin = 'stub' and state in ('draft', 'flagged')))`,
        )
        .orderBy('ordinal')
        .limit(left)
        .execute(),
    );
  }

  /** Flagged units that can be retried. */
  flagged(project: string, after: number, limit: number, filter: UnitFilter): Promise<PendingUnit[]> {
    return this.#inWindows(project, after, limit, (open, from, to, left) =>
      open.db
        .selectFrom('translation_units')
        .select(pendingColumns)
        .where(unitCondition(open, project, { ...filter, state: ['flagged'] }))
        .where('ordinal', '>', from)
        .where('ordinal', '<=', to)
        .where('repeat', '=', 0)
        .where('held', 'is', null)
        .where('read_only', 'is', null)
        .orderBy('ordinal')
        .limit(left)
        .execute(),
    );
  }

  /** The lines before a place, the nearest last, with their accepted translations. */
  async before(project: string, file: string, ordinal: number, count: number): Promise<ContextLine[]> {
    if (count === 0) return [];
    const rows = await this.#database.read(({ db, sql }) =>
      db
        .selectFrom('translation_units')
        .select(['source', 'ordinal'])
        .select(
          sql<string | null>`case when state in ('draft', 'reviewed', 'locked') and origin <> 'stub'
            then target else null end`.as('target'),
        )
        .where('project', '=', project)
        .where('file', '=', file)
        .where('ordinal', '<', ordinal)
        .where('ordinal', '>=', ordinal - count * 4)
        .where('gone', '=', 0)
        .orderBy('ordinal', 'desc')
        .limit(count)
        .execute(),
    );
    return rows.reverse();
  }

  byIds(project: string, ids: readonly string[]): Promise<UnitRow[]> {
    if (ids.length === 0) return Promise.resolve([]);
    return this.#database.read(({ db }) =>
      db
        .selectFrom('translation_units')
        .selectAll()
        .where('project', '=', project)
        .where('id', 'in', [...ids])
        .orderBy('ordinal')
        .execute(),
    );
  }

  /** Units that match a filter, after an ordinal, in the game's order. */
  list(project: string, filter: UnitFilter, after: number, limit: number): Promise<UnitRow[]> {
    return this.#inWindows(project, after, limit, (open, from, to, left) =>
      open.db
        .selectFrom('translation_units')
        .selectAll()
        .where(unitCondition(open, project, filter))
        .where('ordinal', '>', from)
        .where('ordinal', '<=', to)
        .orderBy('ordinal')
        .orderBy('id')
        .limit(left)
        .execute(),
    );
  }

  /** Reads in windows of ordinals: matching units may be far apart, and each statement has a time limit. */
  async #inWindows<T>(
    project: string,
    after: number,
    limit: number,
    read: (open: OpenDatabase, from: number, to: number, left: number) => Promise<T[]>,
  ): Promise<T[]> {
    const rows: T[] = [];
    const last = await this.lastOrdinal(project);
    for (let from = after; from < last && rows.length < limit; from += windowSize) {
      const to = from + windowSize;
      rows.push(...(await this.#database.read((open) => read(open, from, to, limit - rows.length))));
    }
    return rows;
  }

  /** The ordinal of a project's last unit; 0 if it has none. */
  async lastOrdinal(project: string): Promise<number> {
    const row = await this.#database.read(({ db }) =>
      db
        .selectFrom('translation_units')
        .select((e) => e.fn.max('ordinal').as('last'))
        .where('project', '=', project)
        .executeTakeFirst(),
    );
    return Number(row?.last ?? 0);
  }

  /** Translations of units in a range of ordinals, for an export; without units that are gone. */
  translations(project: string, from: number, to: number): Promise<StoredTranslation[]> {
    return this.#database.read(({ db }) =>
      db
        .selectFrom('translation_units')
        .select(exportColumns)
        .where('project', '=', project)
        .where('ordinal', '>=', from)
        .where('ordinal', '<=', to)
        .where('gone', '=', 0)
        .orderBy('ordinal')
        .execute(),
    );
  }

  async counts(project: string): Promise<UnitCounts> {
    const { rows } = await this.#database.read(({ db, sql }) =>
      sql<Record<keyof CountRow, number> & { state: string; severity: string | null }>`
        select state, severity, count(*) as n, sum(gone) as gone, sum(repeat * (1 - gone)) as repeats,
          sum(stale * (1 - gone)) as stale, sum(case when held is not null and gone = 0 then 1 else 0 end) as held
        from translation_units where project = ${project} group by state, severity`.execute(db),
    );
    const unanswered = await this.#database.read(({ db }) =>
      db
        .selectFrom('translation_units')
        .select(({ fn }) => fn.countAll().as('n'))
        .where('project', '=', project)
        .where('state', '=', 'flagged')
        .where('severity', '=', 'error')
        .where('gone', '=', 0)
        .where('target', 'is', null)
        .executeTakeFirstOrThrow(),
    );
    const total: UnitCounts = {
      total: 0,
      byState: {},
      repeats: 0,
      stale: 0,
      gone: 0,
      held: 0,
      errors: 0,
      warnings: 0,
      unanswered: Number(unanswered.n),
    };
    for (const row of rows) {
      const [n, gone] = [Number(row.n), Number(row.gone)];
      total.total += n - gone;
      if (n > gone) total.byState[row.state] = (total.byState[row.state] ?? 0) + n - gone;
      total.gone += gone;
      total.repeats += Number(row.repeats);
      total.stale += Number(row.stale);
      total.held += Number(row.held);
      if (row.severity === 'error') total.errors += n - gone;
      if (row.severity === 'warning') total.warnings += n - gone;
    }
    return total;
  }
}

interface CountRow {
  n: number;
  gone: number;
  repeats: number;
  stale: number;
  held: number;
}

export interface UnitCounts {
  total: number;
  byState: Record<string, number>;
  repeats: number;
  stale: number;
  gone: number;
  held: number;
  errors: number;
  warnings: number;
  /** Flagged because no request could translate them. */
  unanswered: number;
}
