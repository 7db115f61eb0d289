import type { MemoryRow } from '../../database/translation-tables.ts';
import type { TranslationDatabase } from './translation-database.ts';
import { windowSize } from './unit-store.ts';

export interface Suggestion {
  target: string;
  state: 'draft' | 'reviewed';
  speaker: string | null;
  project: string | null;
  project_name: string | null;
}

/** The translation memory of all projects. */
export class MemoryStore {
  readonly #database: TranslationDatabase;

  constructor(database: TranslationDatabase) {
    this.#database = database;
  }

  /** Translations of the same text in all projects: reviewed ones first, then the latest. */
  async suggestions(
    language: string,
    of: Pick<MemoryRow, 'pair' | 'project'>,
    limit: number,
  ): Promise<Suggestion[]> {
    return this.#database.read(({ db, sql }) =>
      db
        .selectFrom('translation_memory as m')
        .leftJoin('translation_projects as p', 'p.id', 'm.project')
        .select(['m.target', 'm.state', 'm.speaker', 'm.project', 'p.name as project_name'])
        .where('m.language', '=', language)
        .where('m.pair', '=', of.pair)
        .orderBy(sql`case when m.state = 'reviewed' then 0 else 1 end`)
        .orderBy('m.updated_at', 'desc')
        .limit(limit)
        .execute(),
    );
  }

  /** How many units of a project have no translation, while another project has one. */
  async offered(project: string, language: string, last: number): Promise<number> {
    let offered = 0;
    for (let from = 0; from < last; from += windowSize) {
      const { rows } = await this.#database.read(({ db, sql }) =>
        sql<{ n: number }>`select count(*) as n from translation_units as u
          where u.project = ${project} and u.ordinal > ${from} and u.ordinal <= ${from + windowSize}
            and u.state = 'new' and u.gone = 0 and u.repeat = 0 and exists (
              select 1 from translation_memory as m where m.language = ${language} and m.pair = u.pair
                and m.project is not null and m.project <> ${project})`.execute(db),
      );
      offered += Number(rows[0]?.n ?? 0);
    }
    return offered;
  }
}
