import { hash } from 'node:crypto';
import type { Expression, SqlBool } from 'kysely';
import type { OpenDatabase } from '../../database/open-database.ts';
import type { MemoryRow } from '../../database/translation-tables.ts';
import type { TranslationDatabase } from '../store/translation-database.ts';
import { pairOf } from '../units/text-pair.ts';

export interface EntryFilter {
  lang?: string | undefined;
  key?: string | undefined;
  state?: MemoryRow['state'] | undefined;
  /** Values of `meta`, by name. */
  meta?: Readonly<Record<string, string>>;
}

/** The id of an entry, from its language and key. */
export const entryId = (language: string, key: string) =>
  `comfyvn:${hash('sha256', `${language}\u0000${key}`, 'hex').slice(0, 32)}`;

const escaped = (text: string) => text.replace(/[\\%_]/g, (mark) => `\\${mark}`);

function conditionOf(
  { sql }: OpenDatabase,
  { lang, key, state, meta = {} }: EntryFilter,
): Expression<SqlBool> {
  const all = [sql<SqlBool>`1 = 1`];
  if (lang !== undefined) all.push(sql`language = ${lang}`);
  if (key !== undefined) all.push(sql`coalesce(key, source) = ${key}`);
  if (state !== undefined) all.push(sql`state = ${state}`);
  for (const [name, value] of Object.entries(meta)) {
    const like = `%${escaped(`${JSON.stringify(name)}:${JSON.stringify(value)}`)}%`;
    all.push(sql`meta like ${like} escape '\\'`);
  }
  return sql<SqlBool>`${sql.join(all, sql` and `)}`;
}

/** The translation memory for ComfyVN: entries by language and key. The key of a project's entry is its source. */
export class MemoryEntries {
  readonly #database: TranslationDatabase;

  constructor(database: TranslationDatabase) {
    this.#database = database;
  }

  list(filter: EntryFilter, limit: number): Promise<MemoryRow[]> {
    return this.#database.read((open) =>
      open.db
        .selectFrom('translation_memory')
        .selectAll()
        .where(conditionOf(open, filter))
        .orderBy('created_at')
        .orderBy('id')
        .limit(limit)
        .execute(),
    );
  }

  async get(id: string): Promise<MemoryRow | null> {
    const row = await this.#database.read(({ db }) =>
      db.selectFrom('translation_memory').selectAll().where('id', '=', id).executeTakeFirst(),
    );
    return row ?? null;
  }

  /** The entry for a key and its text, or else a reviewed translation of the text in any project. */
  async lookup(language: string, key: string, source: string): Promise<MemoryRow | null> {
    const row = await this.#database.read(({ db, sql }) =>
      db
        .selectFrom('translation_memory')
        .selectAll()
        .where('language', '=', language)
        .where((e) =>
          e.or([
            e.and([e('key', '=', key), e('source', '=', source)]),
            e.and([e('pair', '=', pairOf(source, null)), e('state', '=', 'reviewed')]),
          ]),
        )
        .orderBy(sql`case when key is not null then 0 else 1 end`)
        .orderBy('updated_at', 'desc')
        .limit(1)
        .executeTakeFirst(),
    );
    return row ?? null;
  }

  /** Counts a use of each entry. */
  async countUses(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.#database.write(({ db }) =>
      db
        .updateTable('translation_memory')
        .set((e) => ({ hits: e('hits', '+', 1) }))
        .where('id', 'in', [...ids])
        .execute(),
    );
  }

  /** Writes an entry, but does not replace a reviewed one with the same source. */
  async save(row: MemoryRow): Promise<void> {
    await this.#database.write(({ db, sql }) =>
      db
        .insertInto('translation_memory')
        .values(row)
        .onConflict((conflict) =>
          conflict
            .column('id')
            .doUpdateSet({
              source: row.source,
              pair: row.pair,
              target: row.target,
              state: row.state,
              origin: row.origin,
              confidence: row.confidence,
              reviewer: row.reviewer,
              meta: row.meta,
              updated_at: row.updated_at,
              reviewed_at: row.reviewed_at,
              version: sql<number>`translation_memory.version + 1`,
            })
            .where(
              sql<SqlBool>`translation_memory.state <> 'reviewed' or translation_memory.source <> ${row.source}`,
            ),
        )
        .execute(),
    );
  }

  async change(id: string, change: Partial<MemoryRow>): Promise<void> {
    await this.#database.write(({ db }) =>
      db.updateTable('translation_memory').set(change).where('id', '=', id).execute(),
    );
  }

  /** Entries by state and language. */
  async totals(): Promise<{ pending: Record<string, number>; reviewed: Record<string, number> }> {
    const rows = await this.#database.read(({ db }) =>
      db
        .selectFrom('translation_memory')
        .select(['state', 'language', (e) => e.fn.countAll<number>().as('n')])
        .groupBy(['state', 'language'])
        .execute(),
    );
    const of = (state: MemoryRow['state']) =>
      Object.fromEntries(
        rows.filter((row) => row.state === state).map((row) => [row.language, Number(row.n)]),
      );
    return { pending: of('draft'), reviewed: of('reviewed') };
  }

  /** The first unit with an entry's text in its project; null for ComfyVN's own entries. */
  async unitOf({ project, pair }: Pick<MemoryRow, 'project' | 'pair'>): Promise<string | null> {
    if (project === null) return null;
    const row = await this.#database.read(({ db }) =>
      db
        .selectFrom('translation_units')
        .select('id')
        .where('project', '=', project)
        .where('pair', '=', pair)
        .where('gone', '=', 0)
        .orderBy('ordinal')
        .limit(1)
        .executeTakeFirst(),
    );
    return row?.id ?? null;
  }
}
