import type { OpenDatabase } from '../../database/open-database.ts';
import type { TranslationFileRow, UnitRow } from '../../database/translation-tables.ts';
import { unitIdsLike, type UnitIds } from '../units/text-pair.ts';
import { chunks, rowsParameter, names } from './json-rows.ts';
import type { TranslationDatabase } from './translation-database.ts';

const imported = [
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

export type ImportedUnit = Pick<UnitRow, (typeof imported)[number]>;

export interface ImportedChunk {
  known: number;
  changed: number;
}

/** What the target language's memory is asked for beside the project's own. */
export interface MemoryUse {
  language: string;
  /** Reviewed translations of other projects are taken as they are. */
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

/** How many places of a game's order one statement looks at. */
const span = 5000;

/** How an import writes units: by statement over a thousand of them, so that a million need no more memory than one. */
export class ImportStore {
  readonly #database: TranslationDatabase;

  constructor(database: TranslationDatabase) {
    this.#database = database;
  }

  /** The files that the last import read, by path. */
  async files(project: string): Promise<Map<string, TranslationFileRow>> {
    const rows = await this.#database.read(({ db }) =>
      db.selectFrom('translation_files').selectAll().where('project', '=', project).execute(),
    );
    return new Map(rows.map((row) => [row.path, row]));
  }

  /** How ids of a project's units are made: those of earlier versions stay as they are. */
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
      const taken = fileColumns.filter((name) => !['id', 'project', 'path'].includes(name));
      const set = taken.map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`);
      await sql`insert into translation_files (${names(open, fileColumns)})
        select ${names(open, fileColumns)} from ${rows} where true
        on conflict (id) do update set ${sql.join(set)}`.execute(db);
    });
  }

  async forgetFiles(ids: readonly string[]): Promise<void> {
    for (const part of chunks(ids, 500))
      await this.#database.write(({ db }) =>
        db.deleteFrom('translation_files').where('id', 'in', part).execute(),
      );
  }

  /** Units in the order of the game; `ordinal` rises from chunk to chunk. */
  saveUnits(rows: readonly ImportedUnit[], language: string): Promise<ImportedChunk> {
    const [first, last] = [rows[0], rows.at(-1)];
    if (!first || !last) return Promise.resolve({ known: 0, changed: 0 });
    // All of a chunk or nothing: one that the database did not get to in time is done again.
    return this.#database.persist((open) =>
      open.db.transaction().execute(async (trx) => {
        const at: OpenDatabase = { ...open, db: trx };
        const counts = await compare(at, rows);
        await upsert(at, rows);
        const of = { project: first.project, from: first.ordinal, to: last.ordinal };
        await learn(at, of, language, first.generation);
        return counts;
      }),
    );
  }

  /** Keeps aside the units that are older than what their file's row says of them; how many these are. */
  async setAside(project: string): Promise<number> {
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
   * Once all units are in their places, and those that vanished are aside: fills new ones from the memory, and finds
   * the texts that stand further up already. Only rows that change are written.
   */
  async settle(project: string, memory: MemoryUse): Promise<{ remembered: number; repeats: number }> {
    const counts = { remembered: 0, repeats: 0 };
    await this.#spans(project, async (open, of) => {
      const found = await open.db.transaction().execute(async (trx) => {
        const at: OpenDatabase = { ...open, db: trx };
        const own = await remember(at, of, memory.language, 'own');
        const others = memory.others ? await remember(at, of, memory.language, 'others') : 0;
        return { remembered: own + others, repeats: await markRepeats(at, of) };
      });
      counts.remembered += found.remembered;
      counts.repeats += found.repeats;
    });
    return counts;
  }

  /** Piece by piece: no statement looks at a million rows, also where none of them changes. */
  async #spans(project: string, work: (open: OpenDatabase, of: Span) => Promise<void>): Promise<void> {
    const { last } = await this.#database.read(({ db }) =>
      db
        .selectFrom('translation_units')
        .select(({ fn }) => fn.max('ordinal').as('last'))
        .where('project', '=', project)
        .executeTakeFirstOrThrow(),
    );
    for (let from = 0; from <= Number(last ?? -1); from += span)
      await this.#database.persist((open) => work(open, { project, from, to: from + span - 1 }));
  }
}

interface Span {
  project: string;
  from: number;
  to: number;
}

async function compare(
  open: OpenDatabase,
  rows: readonly ImportedUnit[],
): Promise<{ known: number; changed: number }> {
  const { sql, db } = open;
  const all = rowsParameter(
    open,
    'translation_units',
    ['id', 'source'],
    rows.map(({ id, source }) => ({ id, source })),
  );
  const { rows: counted } = await sql<{ known: number; changed: number | null }>`
    select count(*) as known, sum(case when u.source <> given.source then 1 else 0 end) as changed
    from ${all} join translation_units as u on u.id = given.id`.execute(db);
  return { known: Number(counted[0]?.known ?? 0), changed: Number(counted[0]?.changed ?? 0) };
}

/**
 * A changed source takes its translation out of the way, kept as `previous_*`: keys of some formats count lines, so that
 * it may belong to another text by now. The memory finds it again by its source.
 */
async function upsert(open: OpenDatabase, rows: readonly ImportedUnit[]): Promise<void> {
  const { sql, db } = open;
  const all = rowsParameter(open, 'translation_units', imported, rows);
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
  await sql`insert into translation_units (${names(open, imported)})
    select ${names(open, imported)} from ${all} where true
    on conflict (id) do update set ${sql.join(always)}, gone = 0,
      ${keep('previous_source', 'source')}, ${keep('previous_target', 'target')}, ${keep('previous_state', 'state')},
      stale = case when ${lost} then 1 when ${changed} then 0 else ${own('stale')} end,
      held = case when ${changed} then null else ${own('held')} end,
      model = case when ${fromFile} then null else ${own('model')} end,
      state = case when excluded.read_only is not null then 'locked' when ${fromFile} then excluded.state
        when ${own('read_only')} is not null then 'new' else ${own('state')} end,
      ${fresh('target')}, ${fresh('origin')}, ${fresh('problems')}, ${fresh('severity')}`.execute(db);
}

/** Translations that the game's files hold already become part of the memory. */
async function learn(open: OpenDatabase, span: Span, language: string, at: number): Promise<void> {
  const { sql, db } = open;
  await sql`insert into translation_memory
      (id, project, language, pair, source, speaker, target, state, origin, confidence, version, hits, created_at, updated_at)
    select u.project || ':' || u.pair, u.project, cast(${language} as text), u.pair,
      u.source, u.speaker, u.target, 'draft', 'file', 1.0, 1, 0, u.updated_at, u.updated_at
    from translation_units as u
    where u.project = ${span.project} and u.ordinal between ${span.from} and ${span.to}
      and u.generation = ${at} and u.origin = 'file' and u.state = 'draft'
      and u.target is not null
    on conflict (id) do nothing`.execute(db);
}

/** Fills new units from the memory; how many. */
async function remember(
  open: OpenDatabase,
  { project, from, to }: Span,
  language: string,
  whose: 'own' | 'others',
): Promise<number> {
  const { sql, db } = open;
  // Of several projects' translations any reviewed one is as good as the other: the smallest id decides.
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

/** A text that stands further up, from the same speaker, is translated there; how many do. */
async function markRepeats(open: OpenDatabase, { project, from, to }: Span): Promise<number> {
  const { sql, db } = open;
  const within = sql`project = ${project} and ordinal between ${from} and ${to} and gone = 0`;
  const stands = sql`case when exists (
      select 1 from translation_units as first where first.project = translation_units.project
        and first.pair = translation_units.pair and first.ordinal < translation_units.ordinal
        and first.gone = 0 and first.read_only is null)
    then 1 else 0 end`;
  // Most stay as they are, and a row that is written costs its indexes.
  await sql`update translation_units set repeat = 1 - repeat where ${within} and repeat <> ${stands}`.execute(
    db,
  );
  // A new one takes what is there, with whatever was found wrong with it.
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
