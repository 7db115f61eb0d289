import type { Change } from '../../../contract/user-preset.ts';
import { AppError } from '../lib/app-error.ts';
import type { FolderLock } from '../lib/files/folder-lock.ts';

export type ChangeDomain = 'presets' | 'providers' | 'packs' | 'keys' | 'files';

/** Undoes one thing that was written. */
export interface UndoStep {
  /** @throws AppError `invalid_request` where the thing was changed again since */
  check(): void;
  /** Puts back what was there; returns a message for the caller. */
  run(): Promise<string[]>;
}

/** A change that is written. */
export interface Done {
  domain: ChangeDomain;
  /** The module it was made in, for the list; null for all. */
  module: string | null;
  summary: string;
  ways: readonly UndoStep[];
  /** After the ways back: whoever reads the files takes them as they are now. */
  publish(): string[];
}

interface Undoable extends Done {
  shown: Change;
}

const maxChanges = 50;

/** All the ways back, the last thing first; none where one of them is closed. */
export async function undoAll(ways: readonly UndoStep[]): Promise<string[]> {
  for (const way of ways) way.check();
  const warnings: string[] = [];
  for (const way of ways.toReversed()) warnings.push(...(await way.run()));
  return warnings;
}

/**
 * The user's changes: one at a time, and the last ones of this run with the way back. In memory only: what was deleted
 * is in the trash as well.
 */
export class ChangeHistory {
  readonly #now: () => number;
  readonly #lock: FolderLock;
  readonly #onChanged: () => void;
  #changes: Undoable[] = [];
  #count = 0;

  constructor(now: () => number, lock: FolderLock, onChanged: () => void = () => {}) {
    this.#now = now;
    this.#lock = lock;
    this.#onChanged = onChanged;
  }

  /** Runs a task when no other change is under way, here or in another process. Throws as `FolderLock.run`. */
  runExclusive<T>(task: () => Promise<T>): Promise<T> {
    return this.#lock.run(task);
  }

  /** Remembers a change; to be called in turn. */
  add(done: Done): Change {
    const { summary } = done;
    const shown = { id: `change-${++this.#count}`, at: new Date(this.#now()).toISOString(), summary };
    this.#changes = [{ ...done, shown }, ...this.#changes].slice(0, maxChanges);
    this.#onChanged();
    return shown;
  }

  /** Everything that can be undone, the latest first. */
  all(): Change[] {
    return this.#changes.map(({ shown }) => shown);
  }

  /** What can be undone, the latest first; with a module what was done in it or in all. */
  list(domains: readonly ChangeDomain[], module?: string): Change[] {
    return this.#changes
      .filter((change) => domains.includes(change.domain))
      .filter((change) => module === undefined || change.module === module || change.module === null)
      .map(({ shown }) => shown);
  }

  /**
   * Undoes, in turn, the change of this id, or the latest one of the domain; without a domain the latest of all.
   * @throws AppError `not_found`; `invalid_request` when the thing was changed again since
   */
  async undo(
    domain: ChangeDomain | undefined,
    id: string | undefined,
  ): Promise<{ undone: Change; warnings: string[] }> {
    const wanted =
      id === undefined
        ? this.#changes.find((c) => domain === undefined || c.domain === domain)
        : this.#changes.find((c) => c.shown.id === id);
    if (!wanted)
      throw new AppError(
        'not_found',
        `there is nothing to undo: the last ${maxChanges} changes are kept while the panel runs, and deleted ones in config/llm/trash`,
      );
    const warnings = await this.runExclusive(async () => [
      ...(await undoAll(wanted.ways)),
      ...wanted.publish(),
    ]);
    this.#changes = this.#changes.filter((change) => change !== wanted);
    this.#onChanged();
    return { undone: wanted.shown, warnings };
  }
}
