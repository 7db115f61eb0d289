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

const countNames = ['units', 'characters', 'repeats', 'translated', 'flagged'] as const;
const noCounts = { units: 0, characters: 0, repeats: 0, translated: 0, flagged: 0 };

/** Units that one counting statement reads: whole rows, so fewer than where an index is enough. */
const countedAtOnce = 20_000;

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
      // What stays the same from row to row is one row of neighbours: only those leave the database.
      const { rows } = await this.#database.read((open) =>
        open.sql<{ first: number; units: number }>`select min(ordinal) as first, count(*) as units from (
          select ordinal, ordinal - row_number() over (order by ordinal) as neighbours from translation_units
          where ${unitCondition(open, project, filter)} and ordinal > ${from} and ordinal <= ${from + windowSize}
        ) as listed group by neighbours order by first`.execute(open.db),
      );
      for (const row of rows) {
        const [first, units] = [Number(row.first), Number(row.units)];
        total += units;
        if (first === expected) ranges[ranges.length - 1] = (ranges.at(-1) ?? 0) + units;
        else ranges.push(first, units);
        expected = first + units;
      }
    }
    return { total, ranges };
  }

  /** Counts of each file, a window of units at a time: others get to the database in between. */
  async fileCounts(project: string, last: number): Promise<FileCounts[]> {
    const files = new Map<string, FileCounts>();
    for (let from = 0; from < last; from += countedAtOnce) {
      const { rows } = await this.#database.read(({ db, sql }) =>
        sql<FileCounts>`select file, count(*) as units, sum(length(source)) as characters, sum(repeat) as repeats,
            sum(case when state in ('draft', 'reviewed', 'locked') then 1 else 0 end) as translated,
            sum(case when state = 'flagged' then 1 else 0 end) as flagged
          from translation_units where project = ${project} and gone = 0
            and ordinal > ${from} and ordinal <= ${from + countedAtOnce} group by file`.execute(db),
      );
      for (const row of rows) {
        const counts = files.get(row.file) ?? { file: row.file, ...noCounts };
        for (const name of countNames) counts[name] += Number(row[name]);
        files.set(row.file, counts);
      }
    }
    return [...files.values()];
  }

  /** The most talkative first. */
  async speakers(project: string, last: number): Promise<{ speaker: string | null; units: number }[]> {
    const counts = new Map<string | null, number>();
    for (let from = 0; from < last; from += countedAtOnce) {
      const { rows } = await this.#database.read(({ db, sql }) =>
        sql<{
          speaker: string | null;
          units: number;
        }>`select speaker, count(*) as units from translation_units
          where project = ${project} and gone = 0 and ordinal > ${from} and ordinal <= ${from + countedAtOnce}
          group by speaker`.execute(db),
      );
      for (const { speaker, units } of rows) counts.set(speaker, (counts.get(speaker) ?? 0) + Number(units));
    }
    return [...counts]
      .map(([speaker, units]) => ({ speaker, units }))
      .sort((one, other) => other.units - one.units || (one.speaker ?? '').localeCompare(other.speaker ?? ''))
      .slice(0, maxSpeakers);
  }

  /** How many units have each problem: of one that stands twice at a unit, one. */
  async problems(project: string, last: number): Promise<{ code: string; units: number }[]> {
    const counts = new Map<string, number>();
    for (let from = 0; from < last; from += countedAtOnce) {
      const rows = await this.#database.read(({ db }) =>
        db
          .selectFrom('translation_units')
          .select('problems')
          .where('project', '=', project)
          .where('gone', '=', 0)
          .where('problems', 'is not', null)
          .where('ordinal', '>', from)
          .where('ordinal', '<=', from + countedAtOnce)
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
}
