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

/** Units that one counting statement reads. It reads whole rows, so this is less than for a query on an index. */
const countedAtOnce = 20_000;

/** Queries for browsing a project. */
export class BrowseStore {
  readonly #database: TranslationDatabase;

  constructor(database: TranslationDatabase) {
    this.#database = database;
  }

  /** Ranges of consecutive ordinals, in the game's order: a flat list of first ordinals and lengths. */
  async ranges(
    project: string,
    filter: UnitFilter,
    last: number,
  ): Promise<{ total: number; ranges: number[] }> {
    const ranges: number[] = [];
    let total = 0;
    let expected = -1;
    for (let from = 0; from < last; from += windowSize) {
      // Consecutive ordinals have the same difference to their row number, so the database returns one row per range.
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

  /** Counts for each file. One statement reads a part of the units, so that other queries can run in between. */
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

  /** Speakers by their number of units, the largest first. */
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

  /** How many units have each problem. A problem that occurs twice in a unit counts once. */
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

  /** Sent requests that contain any of the units. */
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

  /** The first unit with this text and speaker; its repeats take over its translation. */
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
