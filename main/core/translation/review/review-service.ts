import type { UnitView, UnitStateName } from '../../../../contract/translation.ts';
import type { UnitRow } from '../../database/translation-tables.ts';
import { AppError } from '../../lib/app-error.ts';
import { checkTranslation, type CheckRules } from '../checks/check-translation.ts';
import { worstOf } from '../checks/problem.ts';
import type { NewText } from '../store/text-store.ts';
import { saveTexts } from '../store/text-store.ts';
import type { TranslationDatabase } from '../store/translation-database.ts';
import type { UnitFilter, UnitStore } from '../store/unit-store.ts';
import { unitView } from './unit-view.ts';

export interface ReviewedProject {
  project: string;
  language: string;
  rulesOf(unit: { file: string }): CheckRules;
}

export interface UnitChange {
  id: string;
  target?: string | undefined;
  state?: UnitStateName | undefined;
}

const pageSize = 500;

/** What people decide about translations. */
export class ReviewService {
  readonly #database: TranslationDatabase;
  readonly #units: UnitStore;
  readonly #now: () => number;

  constructor(database: TranslationDatabase, units: UnitStore, now: () => number) {
    [this.#database, this.#units, this.#now] = [database, units, now];
  }

  async #one(project: string, id: string): Promise<UnitRow> {
    const [row] = await this.#units.byIds(project, [id]);
    if (row) return row;
    throw new AppError('not_found', `the project has no unit ${id}`, { unit: id });
  }

  /**
   * A text, a state or both for one unit. A new text counts as reviewed unless a state is said; `new` takes the
   * translation away. Equal texts that nobody has reviewed follow.
   * @throws AppError `not_found`, `invalid_request`
   */
  async update({ project, language, rulesOf }: ReviewedProject, change: UnitChange): Promise<UnitView> {
    const row = await this.#one(project, change.id);
    if (row.read_only !== null)
      throw new AppError('invalid_request', `this unit is not written: ${row.read_only}`, { unit: row.id });
    if (change.state === 'new') {
      await this.#clear(row);
      return unitView(await this.#one(project, row.id));
    }
    const target = change.target ?? row.target;
    if (target === null || target.trim() === '')
      throw new AppError('invalid_request', 'there is no translation: give a "target"', { unit: row.id });
    const problems = checkTranslation(
      { source: row.source, target, speaker: row.speaker, maxCells: row.max_cells },
      rulesOf(row),
    );
    const state = change.state ?? (change.target === undefined ? row.state : 'reviewed');
    if (state === 'new')
      throw new AppError('invalid_request', 'give a "state" or a "target"', { unit: row.id });
    const text: NewText = {
      id: row.id,
      pair: row.pair,
      target,
      state,
      problems: problems.length ? JSON.stringify(problems) : null,
      severity: worstOf(problems),
      origin:
        change.target === undefined || change.target === row.target ? (row.origin ?? 'person') : 'person',
      model: row.model,
    };
    await this.#save(project, language, [text]);
    return unitView(await this.#one(project, row.id));
  }

  #save(project: string, language: string, texts: NewText[]): Promise<void> {
    const save = { project, language, now: this.#now(), texts, byPerson: true };
    return this.#database.write((open) => open.db.transaction().execute((trx) => saveTexts(open, trx, save)));
  }

  async #clear(row: UnitRow): Promise<void> {
    await this.#database.write(({ db }) =>
      db.transaction().execute(async (trx) => {
        await trx
          .updateTable('translation_units')
          .set({ state: 'new', target: null, problems: null, severity: null, origin: null, model: null })
          .set({ updated_at: this.#now() })
          .where('id', '=', row.id)
          .execute();
        // Or the next import would bring it back.
        await trx.deleteFrom('translation_memory').where('id', '=', `${row.project}:${row.pair}`).execute();
      }),
    );
  }

  /** Accepts the translations that a filter names; those with nothing to accept are passed over. How many. */
  async approve(
    { project, language }: ReviewedProject,
    filter: UnitFilter,
    to: 'reviewed' | 'locked',
  ): Promise<number> {
    let approved = 0;
    for (let after = 0; ;) {
      const page = await this.#units.list(project, filter, after, pageSize);
      const texts = page
        .filter(({ target, read_only, state }) => target !== null && read_only === null && state !== to)
        .filter(({ state, origin }) => origin !== 'stub' && (to === 'locked' || state !== 'locked'))
        .map(({ id, pair, target, problems, severity, origin, model }): NewText => {
          return { id, pair, target, state: to, problems, severity, origin: origin ?? 'person', model };
        });
      await this.#save(project, language, texts);
      approved += texts.length;
      const last = page.at(-1);
      if (!last || page.length < pageSize) return approved;
      after = last.ordinal;
    }
  }
}
