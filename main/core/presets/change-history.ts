import type { Change } from '../../../contract/user-preset.ts';
import { AppError } from '../app-error.ts';

export type ChangeDomain = 'presets' | 'providers';

interface Undoable {
  domain: ChangeDomain;
  /** The module it was made in, for the list. */
  module: string | null;
  shown: Change;
  /** Puts back what was there; returns what the caller should be told. */
  undo(): Promise<string[]>;
}

const most = 50;

/** The last changes of this run, each with the way back. In memory only: what was deleted is in the trash as well. */
export class ChangeHistory {
  readonly #now: () => number;
  #changes: Undoable[] = [];
  #count = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  add(domain: ChangeDomain, module: string | null, summary: string, undo: Undoable['undo']): Change {
    const shown = { id: `change-${++this.#count}`, at: new Date(this.#now()).toISOString(), summary };
    this.#changes = [{ domain, module, shown, undo }, ...this.#changes].slice(0, most);
    return shown;
  }

  /** What can be undone for a module, the latest first. */
  list(module: string): Change[] {
    return this.#changes
      .filter((change) => change.module === module || change.module === null)
      .map(({ shown }) => shown);
  }

  /**
   * Takes back the change of this id, or the latest one of the domain.
   * @throws AppError `not_found`; `invalid_request` when the thing was changed again since
   */
  async undo(domain: ChangeDomain, id: string | undefined): Promise<{ undone: Change; warnings: string[] }> {
    const wanted =
      id === undefined
        ? this.#changes.find((c) => c.domain === domain)
        : this.#changes.find((c) => c.shown.id === id);
    if (!wanted)
      throw new AppError(
        'not_found',
        `there is nothing to undo: the last ${most} changes are kept while the panel runs, and deleted ones in config/llm/trash`,
      );
    const warnings = await wanted.undo();
    this.#changes = this.#changes.filter((change) => change !== wanted);
    return { undone: wanted.shown, warnings };
  }
}
