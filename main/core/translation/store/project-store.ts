import type { ProjectRow, TranslationFileRow } from '../../database/translation-tables.ts';
import type { TranslationDatabase } from './translation-database.ts';

/** The database rows of projects and their files. */
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

  /** Deletes a project, a few thousand rows at a time. Its accepted texts stay in the memory. */
  async remove(project: string): Promise<void> {
    for (const table of ['units', 'texts', 'groups', 'batches', 'runs', 'files'] as const) {
      const name = `translation_${table}` as const;
      for (;;) {
        const { numAffectedRows = 0n } = await this.#database.write(({ db, sql }) =>
          sql`delete from ${sql.table(name)} where id in (
            select id from ${sql.table(name)} where project = ${project} limit 5000)`.execute(db),
        );
        if (numAffectedRows === 0n) break;
      }
    }
    await this.#database.write(({ db }) =>
      db.deleteFrom('translation_projects').where('id', '=', project).execute(),
    );
  }

  files(project: string): Promise<TranslationFileRow[]> {
    return this.#database.read(({ db }) =>
      db.selectFrom('translation_files').selectAll().where('project', '=', project).orderBy('path').execute(),
    );
  }
}
