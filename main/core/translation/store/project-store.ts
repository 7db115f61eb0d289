import type { ProjectRow, TranslationFileRow } from '../../database/translation-tables.ts';
import type { TranslationDatabase } from './translation-database.ts';

/** The rows that join a project's folder to its units. */
export class ProjectStore {
  readonly #database: TranslationDatabase;

  constructor(database: TranslationDatabase) {
    this.#database = database;
  }

  list(): Promise<ProjectRow[]> {
    return this.#database.read(({ db }) =>
      db.selectFrom('translation_projects').selectAll().orderBy('created_at').orderBy('id').execute(),
    );
  }

  async find(id: string): Promise<ProjectRow | null> {
    const row = await this.#database.read(({ db }) =>
      db.selectFrom('translation_projects').selectAll().where('id', '=', id).executeTakeFirst(),
    );
    return row ?? null;
  }

  add(row: ProjectRow): Promise<unknown> {
    return this.#database.write(({ db }) => db.insertInto('translation_projects').values(row).execute());
  }

  update(id: string, change: Partial<ProjectRow>): Promise<unknown> {
    return this.#database.write(({ db }) =>
      db.updateTable('translation_projects').set(change).where('id', '=', id).execute(),
    );
  }

  files(project: string): Promise<TranslationFileRow[]> {
    return this.#database.read(({ db }) =>
      db.selectFrom('translation_files').selectAll().where('project', '=', project).orderBy('path').execute(),
    );
  }
}
