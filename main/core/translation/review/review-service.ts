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

export interface Replacement {
  /** Literal text, not a pattern. */
  find: string;
  replace: string;
  matchCase: boolean;
  /** Counts the matches and writes nothing. */
  preview: boolean;
}

export interface Replaced {
  units: number;
  examples: { id: string; before: string; after: string }[];
}

const pageSize = 500;
const examplesShown = 20;

/** Stores people's decisions on translations. */
export class ReviewService {
  readonly #database: TranslationDatabase;
  readonly #units: UnitStore;
  readonly #now: () => number;

  constructor(database: TranslationDatabase, units: UnitStore, now: () => number) {
    [this.#database, this.#units, this.#now] = [database, units, now];
  }

  async #unit(project: string, id: string): Promise<UnitRow> {
    const [row] = await this.#units.byIds(project, [id]);
    if (row) return row;
    throw new AppError('not_found', `the project has no unit ${id}`, { unit: id });
  }

  /**
   * Sets a unit's text, its state or both. A new text becomes `reviewed` unless a state is given. The state `new` removes
   * the translation. Unreviewed units with the same source get the same translation.
   * @throws AppError `not_found`, `invalid_request`
   */
  async update({ project, language, rulesOf }: ReviewedProject, change: UnitChange): Promise<UnitView> {
    const row = await this.#unit(project, change.id);
    if (row.read_only !== null)
      throw new AppError('invalid_request', `this unit is not written: ${row.read_only}`, { unit: row.id });
    if (change.state === 'new') {
      await this.#clear(row);
      return unitView(await this.#unit(project, row.id));
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
    return unitView(await this.#unit(project, row.id));
  }

  #save(project: string, language: string, texts: NewText[]): Promise<void> {
    const save = { project, language, now: this.#now(), texts, byPerson: true };
    return this.#database.write((open) => open.db.transaction().execute((trx) => saveTexts(open, trx, save)));
  }

  async #clear(row: UnitRow): Promise<void> {
    await this.#database.write(({ db }) =>
      db.transaction().execute(async (trx) => {
        const { id, project, target, state, origin, model } = row;
        const replaced_at = this.#now();
        if (target !== null)
          await trx
            .insertInto('translation_texts')
            .values({
              id: `${id}:${replaced_at}`,
              project,
              unit: id,
              target,
              state,
              origin,
              model,
              replaced_at,
            })
            .onConflict((on) => on.column('id').doNothing())
            .execute();
        await trx
          .updateTable('translation_units')
          .set({ state: 'new', target: null, problems: null, severity: null, origin: null, model: null })
          .set({ updated_at: this.#now() })
          .where('id', '=', row.id)
          .execute();
        // Otherwise the next import would restore it from the memory.
        await trx.deleteFrom('translation_memory').where('id', '=', `${row.project}:${row.pair}`).execute();
      }),
    );
  }

  /**
   * Replaces a text in every translation that matches a filter, except in locked ones. Each new translation is checked: a
   * reviewed one stays reviewed; others become `draft` or `flagged`.
   */
  async replace(
    { project, language, rulesOf }: ReviewedProject,
    filter: UnitFilter,
    { find, replace, matchCase, preview }: Replacement,
  ): Promise<Replaced> {
    const pattern = new RegExp(find.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), matchCase ? 'gu' : 'giu');
    const replaced: Replaced = { units: 0, examples: [] };
    for (let after = 0; ;) {
      const page = await this.#units.list(project, filter, after, pageSize);
      const texts = page.flatMap((row): NewText[] => {
        if (row.target === null || row.read_only !== null || row.state === 'locked') return [];
        const target = row.target.replace(pattern, () => replace);
        if (target === row.target) return [];
        replaced.units++;
        if (replaced.examples.length < examplesShown)
          replaced.examples.push({ id: row.id, before: row.target, after: target });
        const { id, pair, source, speaker, max_cells: maxCells, model } = row;
        const problems = checkTranslation({ source, target, speaker, maxCells }, rulesOf(row));
        const checked = problems.length ? ('flagged' as const) : ('draft' as const);
        return [
          {
            id,
            pair,
            target,
            state: row.state === 'reviewed' ? 'reviewed' : checked,
            problems: problems.length ? JSON.stringify(problems) : null,
            severity: worstOf(problems),
            origin: 'person',
            model,
          },
        ];
      });
      if (!preview) await this.#save(project, language, texts);
      const last = page.at(-1);
      if (!last || page.length < pageSize) return replaced;
      after = last.ordinal;
    }
  }

  /** Accepts the translations that match a filter and returns how many; units without a translation are skipped. */
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
