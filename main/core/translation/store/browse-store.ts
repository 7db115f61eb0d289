import type { GroupRow, TextHistoryRow } from '../../database/translation-tables.ts';
import type { TranslationDatabase } from './translation-database.ts';
import { unitCondition, windowSize, type UnitFilter } from './unit-store.ts';

const maxSpeakers = 500;
const maxHistory = 50;
const maxGroups = 20;

export interface FileCounts {
  file: string;
  units: number;
  characters: number;
  repeats: number;
  translated: number;
  flagged: number;
}

/** What somebody asks who looks through a project. */
export class BrowseStore {
  readonly #database: TranslationDatabase;

  constructor(database: TranslationDatabase) {
    this.#database = database;
  }

  /** Rows of neighbouring ordinals as pairs of the first and their number, in the order of the game. */
  async ranges(
    project: string,
    filter: UnitFilter,
    last: number,
  ): Promise<{ total: number; ranges: number[] }> {
    const ranges: number[] = [];
    let total = 0;
    let expected = -1;
    for (let from = 0; from < last; from += windowSize) {
      const rows = await this.#database.read((open) =>
        open.db
          .selectFrom('translation_units')
          .select('ordinal')
          .where(unitCondition(open, project, filter))
          .where('ordinal', '>', from)
          .where('ordinal', '<=', from + windowSize)
          .orderBy('ordinal')
          .execute(),
      );
      total += rows.length;
      for (const row of rows) {
        const ordinal = Number(row.ordinal);
        if (ordinal === expected) ranges[ranges.length - 1] = (ranges.at(-1) ?? 0) + 1;
        else ranges.push(ordinal, 1);
        expected = ordinal + 1;
      }
    }
    return { total, ranges };
  }

  async fileCounts(project: string): Promise<FileCounts[]> {
    const { rows } = await this.#database.read(({ db, sql }) =>
      sql<FileCounts>`select file, count(*) as units, sum(length(source)) as characters, sum(repeat) as repeats,
          sum(case when state in ('draft', 'reviewed', 'locked') then 1 else 0 end) as translated,
          sum(case when state = 'flagged' then 1 else 0 end) as flagged
        from translation_units where project = ${project} and gone = 0 group by file order by file`.execute(
        db,
      ),
    );
    return rows.map(({ file, ...counts }) => {
      const [units, characters, repeats] = [counts.units, counts.characters, counts.repeats].map(Number);
      const [translated, flagged] = [counts.translated, counts.flagged].map(Number);
      return {
        file,
        units: units ?? 0,
        characters: characters ?? 0,
        repeats: repeats ?? 0,
        translated: translated ?? 0,
        flagged: flagged ?? 0,
      };
    });
  }

  async speakers(project: string): Promise<{ speaker: string | null; units: number }[]> {
    const { rows } = await this.#database.read(({ db, sql }) =>
      sql<{ speaker: string | null; units: number }>`select speaker, count(*) as units from translation_units
        where project = ${project} and gone = 0 group by speaker order by units desc, speaker limit ${maxSpeakers}`.execute(
        db,
      ),
    );
    return rows.map(({ speaker, units }) => ({ speaker, units: Number(units) }));
  }

  /** How many units have each problem: of one that stands twice at a unit, one. */
  async problems(project: string, last: number): Promise<{ code: string; units: number }[]> {
    const counts = new Map<string, number>();
    for (let from = 0; from < last; from += windowSize) {
      const rows = await this.#database.read(({ db }) =>
        db
          .selectFrom('translation_units')
          .select('problems')
          .where('project', '=', project)
          .where('gone', '=', 0)
          .where('problems', 'is not', null)
          .where('ordinal', '>', from)
          .where('ordinal', '<=', from + windowSize)
          .execute(),
      );
      for (const { problems } of rows) {
        const codes = new Set((JSON.parse(problems ?? '[]') as { code: string }[]).map(({ code }) => code));
        for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
      }
    }
    return [...counts].map(([code, units]) => ({ code, units })).sort((a, b) => b.units - a.units);
  }

  history(unit: string): Promise<TextHistoryRow[]> {
    return this.#database.read(({ db }) =>
      db
        .selectFrom('translation_texts')
        .selectAll()
        .where('unit', '=', unit)
        .orderBy('replaced_at', 'desc')
        .limit(maxHistory)
        .execute(),
    );
  }

  /** Requests that a unit was part of, or that the unit it repeats was part of. */
  groupsOf(project: string, units: readonly string[]): Promise<GroupRow[]> {
    return this.#database.read(({ db, sql }) =>
      db
        .selectFrom('translation_groups')
        .selectAll()
        .where('project', '=', project)
        .where('state', '<>', 'planned')
        .where(
          sql<boolean>`(${sql.join(
            units.map((id) => sql`units like ${`%"${id}"%`}`),
            sql` or `,
          )})`,
        )
        .orderBy('sent_at', 'desc')
        .limit(maxGroups)
        .execute(),
    );
  }

  /** The first unit with the same text and speaker, which is translated in place of the others. */
  async firstOf(project: string, pair: string): Promise<string | null> {
    const row = await this.#database.read(({ db }) =>
      db
        .selectFrom('translation_units')
        .select('id')
        .where('project', '=', project)
        .where('pair', '=', pair)
        .where('repeat', '=', 0)
        .where('gone', '=', 0)
        .orderBy('ordinal')
        .limit(1)
        .executeTakeFirst(),
    );
    return row?.id ?? null;
  }

  async group(project: string, id: string): Promise<GroupRow | null> {
    const row = await this.#database.read(({ db }) =>
      db
        .selectFrom('translation_groups')
        .selectAll()
        .where('project', '=', project)
        .where('id', '=', id)
        .executeTakeFirst(),
    );
    return row ?? null;
  }

  /** Milliseconds that the project's latest requests took, on average; null where none was answered. */
  async requestMs(project: string): Promise<number | null> {
    const { rows } = await this.#database.read(({ db, sql }) =>
      sql<{ ms: number | null }>`select avg(ended_at - sent_at) as ms from (
        select sent_at, ended_at from translation_groups
        where project = ${project} and state = 'done' and sent_at is not null and ended_at is not null
          and provider <> 'stub'
        order by ended_at desc limit 50) as latest`.execute(db),
    );
    const ms = rows[0]?.ms ?? null;
    return ms === null ? null : Number(ms);
  }
}
