import type { Kysely, RawBuilder } from 'kysely';
import type { OpenDatabase, Statement } from '../../database/open-database.ts';
import type { Tables } from '../../database/tables.ts';
import type { TranslationFileRow, UnitRow } from '../../database/translation-tables.ts';
import { unitIdsLike, type UnitIds } from '../units/text-pair.ts';
import { chunks, columnList, rowsParameter } from './json-rows.ts';
import type { TranslationDatabase } from './translation-database.ts';

const importColumns = [
  'id',
  'project',
  'file',
  'key',
  'ordinal',
  'scene',
  'speaker',
  'note',
  'source',
  'pair',
  'max_cells',
  'read_only',
  'target',
  'state',
  'stale',
  'gone',
  'repeat',
  'problems',
  'severity',
  'origin',
  'generation',
  'updated_at',
] as const satisfies readonly (keyof UnitRow)[];

export type ImportedUnit = Pick<UnitRow, (typeof importColumns)[number]>;

/** Consecutive units of a game, serialised for the database. */
export interface UnitChunk {
  units: number;
  span: Span;
  generation: number;
  /** JSON: all columns of each unit. */
  rows: string;
  /** JSON: the id and the source of each unit. */
  sources: string;
}

/** @param rows not empty, in the order of the game */
export function unitChunk(rows: readonly [ImportedUnit, ...ImportedUnit[]]): UnitChunk {
  const { project, ordinal, generation } = rows[0];
  return {
    units: rows.length,
    span: { project, from: ordinal, to: (rows.at(-1) ?? rows[0]).ordinal },
    generation,
    rows: JSON.stringify(rows),
    sources: JSON.stringify(rows.map(({ id, source }) => ({ id, source }))),
  };
}

/** How an import uses the translation memory. */
export interface MemoryUse {
  language: string;
  /** Also use reviewed translations of other projects. */
  others: boolean;
}

const fileColumns = [
  'id',
  'project',
  'path',
  'format',
  'encoding',
  'bytes',
  'units',
  'first_ordinal',
  'sha256',
  'warnings',
  'generation',
  'fingerprint',
] as const satisfies readonly (keyof TranslationFileRow)[];

/** Ordinals that one statement covers. */
const spanSize = 5000;

/** The writes of an import. A statement has up to a thousand units, so memory does not grow with the game. */
export class ImportStore {
  readonly #database: TranslationDatabase;

  constructor(database: TranslationDatabase) {
    this.#database = database;
  }

  /** The file rows of the last import, by path. */
  async files(project: string): Promise<Map<string, TranslationFileRow>> {
    const rows = await this.#database.read(({ db }) =>
      db.selectFrom('translation_files').selectAll().where('project', '=', project).execute(),
    );
    return new Map(rows.map((row) => [row.path, row]));
  }

  /** How the ids of a project's units are made. A project of an earlier version keeps its kind of ids. */
  async unitIds(project: string): Promise<UnitIds> {
    const row = await this.#database.read(({ db }) =>
      db
        .selectFrom('translation_units')
        .select('id')
        .where('project', '=', project)
        .limit(1)
        .executeTakeFirst(),
    );
    return row === undefined ? 'byFile' : unitIdsLike(row.id);
  }

  saveFile(row: TranslationFileRow): Promise<void> {
    return this.#database.write(async (open) => {
      const { sql, db } = open;
      const rows = rowsParameter(open, 'translation_files', fileColumns, [row]);
      const updated = fileColumns.filter((name) => !['id', 'project', 'path'].includes(name));
      const set = updated.map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`);
      await sql`insert into translation_files (${columnList(open, fileColumns)})
        select ${columnList(open, fileColumns)} from ${rows} where true
        on conflict (id) do update set ${sql.join(set)}`.execute(db);
    });
  }

  async forgetFiles(ids: readonly string[]): Promise<void> {
    for (const part of chunks(ids, 500))
      await this.#database.write(({ db }) =>
        db.deleteFrom('translation_files').where('id', 'in', part).execute(),
      );
  }

  /**
   * Saves a chunk of units. Save the chunks in the game's order.
   * @returns how many of the units existed before, and how many of these have another source now
   */
  saveUnits(chunk: UnitChunk, language: string): Promise<{ known: number; changed: number }> {
    // One transaction for a chunk: it can be repeated if the database is unavailable.
    return this.#database.persist(async (open) => {
      const [[counts] = []] = await open.inTransaction([
        compare(open, chunk),
        upsert(open, chunk),
        addFileTextsToMemory(open, chunk, language),
      ]);
      return { known: Number(counts?.['known'] ?? 0), changed: Number(counts?.['changed'] ?? 0) };
    });
  }

  /** Marks units as gone whose generation is older than their file's; returns how many. */
  async markGone(project: string): Promise<number> {
    let gone = 0;
    await this.#spans(project, async ({ db, sql }, { from, to }) => {
      const { numAffectedRows = 0n } = await sql`update translation_units as u set gone = 1
        where u.project = ${project} and u.ordinal between ${from} and ${to} and u.gone = 0
          and not exists (select 1 from translation_files as f
            where f.project = ${project} and f.path = u.file and f.generation <= u.generation)`.execute(db);
      gone += Number(numAffectedRows);
    });
    return gone;
  }

  /**
   * Fills new units from the translation memory, and marks repeats of earlier units. Call it after all units are saved
   * and `markGone` is done. Only rows that change are written.
   */
  async fillAndMarkRepeats(
    project: string,
    memory: MemoryUse,
  ): Promise<{ remembered: number; repeats: number }> {
    const counts = { remembered: 0, repeats: 0 };
    await this.#spans(project, async (open, span) => {
      const spanCounts = await open.db.transaction().execute(async (trx) => {
        const inTransaction: OpenDatabase = { ...open, db: trx };
        const own = await fillFromMemory(inTransaction, span, memory.language, 'own');
        const others = memory.others
          ? await fillFromMemory(inTransaction, span, memory.language, 'others')
          : 0;
        return { remembered: own + others, repeats: await markRepeats(inTransaction, span) };
      });
      counts.remembered += spanCounts.remembered;
      counts.repeats += spanCounts.repeats;
    });
    return counts;
  }

  /** Runs `work` for spans of ordinals, so that no statement reads a million rows, even if none of them changes. */
  async #spans(project: string, work: (open: OpenDatabase, of: Span) => Promise<void>): Promise<void> {
    const { last } = await this.#database.read(({ db }) =>
      db
        .selectFrom('translation_units')
        .select(({ fn }) => fn.max('ordinal').as('last'))
        .where('project', '=', project)
        .executeTakeFirstOrThrow(),
    );
    for (let from = 0; from <= Number(last ?? -1); from += spanSize)
      await this.#database.persist((open) => work(open, { project, from, to: from + spanSize - 1 }));
  }
}

interface Span {
  project: string;
  from: number;
  to: number;
}

function statement(db: Kysely<Tables>, query: RawBuilder<unknown>): Statement {
  const { sql, parameters } = query.compile(db);
  return { sql, parameters: parameters as Statement['parameters'] };
}

function compare(open: OpenDatabase, { sources }: UnitChunk): Statement {
  const { sql, db, rowsOf } = open;
  const all = rowsOf(sources, 'translation_units', ['id', 'source']);
  return statement(
    db,
    sql`select count(*) as known, sum(case when u.source <> given.source then 1 else 0 end) as changed
      from ${all} join translation_units as u on u.id = given.id`,
  );
}

/**
 * If a unit's source has changed, its translation moves to `previous_*`. Some formats number their lines, so the key may
 * now belong to another text. The memory finds the translation again by its source.
 */
function upsert(open: OpenDatabase, { rows }: UnitChunk): Statement {
  const { sql, db, rowsOf } = open;
  const all = rowsOf(rows, 'translation_units', importColumns);
  const own = (name: string) => sql.ref(`translation_units.${name}`);
  const changed = sql`${own('source')} <> excluded.source`;
  const lost = sql`${changed} and ${own('target')} is not null`;
  const fromFile = sql`(${changed} or (${own('target')} is null and excluded.target is not null))`;
  const fresh = (name: string) =>
    sql`${sql.ref(name)} = case when ${fromFile} then ${sql.ref(`excluded.${name}`)} else ${own(name)} end`;
  const keep = (name: string, of: string) =>
    sql`${sql.ref(name)} = case when ${lost} then ${own(of)} else ${own(name)} end`;
  const taken = ['ordinal', 'scene', 'speaker', 'note', 'source', 'pair', 'max_cells', 'read_only'];
  const always = [...taken, 'generation', 'updated_at'].map(
    (name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`,
  );
  const query = sql`insert into translation_units (${columnList(open, importColumns)})
    select ${columnList(open, importColumns)} from ${all} where true
    on conflict (id) do update set ${sql.join(always)}, gone = 0,
      ${keep('previous_source', 'source')}, ${keep('previous_target', 'target')}, ${keep('previous_state', 'state')},
      stale = case when ${lost} then 1 when ${changed} then 0 else ${own('stale')} end,
      held = case when ${changed} then null else ${own('held')} end,
      model = case when ${fromFile} then null else ${own('model')} end,
      state = case when excluded.read_only is not null then 'locked' when ${fromFile} then excluded.state
        when ${own('read_only')} is not null then 'new' else ${own('state')} end,
      ${fresh('target')}, ${fresh('origin')}, ${fresh('problems')}, ${fresh('severity')}`;
  return statement(db, query);
}

/** Adds existing translations from the game's files to the memory. */
function addFileTextsToMemory(
  open: OpenDatabase,
  { span, generation }: UnitChunk,
  language: string,
): Statement {
  const { sql, db } = open;
  const query = sql`insert into translation_memory
      (id, project, language, pair, source, speaker, target, state, origin, confidence, version, hits, created_at, updated_at)
    select u.project || ':' || u.pair, u.project, cast(${language} as text), u.pair,
      u.source, u.speaker, u.target, 'draft', 'file', 1.0, 1, 0, u.updated_at, u.updated_at
    from translation_units as u
    where u.project = ${span.project} and u.ordinal between ${span.from} and ${span.to}
      and u.generation = ${generation} and u.origin = 'file' and u.state = 'draft'
      and u.target is not null
    on conflict (id) do nothing`;
  return statement(db, query);
}

/** Fills new units from the memory; returns how many. */
async function fillFromMemory(
  open: OpenDatabase,
  { project, from, to }: Span,
  language: string,
  whose: 'own' | 'others',
): Promise<number> {
  const { sql, db } = open;
  // If several projects have a reviewed translation, the smallest id decides.
  const source =
    whose === 'own'
      ? sql`m.project = ${project} and m.pair = u.pair`
      : sql`m.id = (select min(o.id) from translation_memory as o where o.language = ${language}
          and o.pair = u.pair and o.state = 'reviewed' and o.project is not null)`;
  const { numAffectedRows = 0n } = await sql`update translation_units as u
    set target = m.target, state = m.state, origin = 'memory', stale = 0
    from translation_memory as m
    where ${source} and m.language = ${language} and u.project = ${project}
      and u.ordinal between ${from} and ${to}
      and u.gone = 0 and u.state = 'new' and u.read_only is null`.execute(db);
  return Number(numAffectedRows);
}

/** Marks units that repeat an earlier one with the same text and speaker; returns how many repeats there are. */
async function markRepeats(open: OpenDatabase, { project, from, to }: Span): Promise<number> {
  const { sql, db } = open;
  const within = sql`project = ${project} and ordinal between ${from} and ${to} and gone = 0`;
  const isRepeat = sql`case when exists (
      select 1 from translation_units as first where first.project = translation_units.project
        and first.pair = translation_units.pair and first.ordinal < translation_units.ordinal
        and first.gone = 0 and first.read_only is null)
    then 1 else 0 end`;
  // Only changed rows are written, because every written row also updates its indexes.
  await sql`update translation_units set repeat = 1 - repeat where ${within} and repeat <> ${isRepeat}`.execute(
    db,
  );
  // A new repeat takes over the first unit's translation and its problems.
  await sql`update translation_units as u
    set target = f.target, origin = f.origin, model = f.model, problems = f.problems, severity = f.severity,
      state = case when f.state = 'locked' then 'reviewed' else f.state end, stale = 0
    from translation_units as f
    where f.project = u.project and f.pair = u.pair and f.repeat = 0 and f.gone = 0 and f.target is not null
      and f.state <> 'new' and f.read_only is null
      and u.project = ${project} and u.ordinal between ${from} and ${to} and u.gone = 0
      and u.repeat = 1 and u.state = 'new' and u.read_only is null`.execute(db);
  const { rows } = await sql<{ n: number }>`select count(*) as n from translation_units
    where ${within} and repeat = 1`.execute(db);
  return Number(rows[0]?.n ?? 0);
}
