import type { CodedText, NoticeFields } from '../../../contract/coded-texts.ts';
import type { Change } from '../../../contract/user-preset.ts';
import { AppError } from '../lib/app-error.ts';
import { detailOf } from '../lib/coded-text.ts';
import { noticeFieldsOf, type Notice } from '../lib/notice.ts';
import type { FolderLock } from '../lib/files/folder-lock.ts';

export type ChangeDomain = 'presets' | 'providers' | 'packs' | 'keys' | 'files';

/** Undoes one written item. */
export interface UndoStep {
  /** @throws AppError `invalid_request` if the item has been changed again since */
  check(): void;
  /** Restores the previous state; returns messages for the caller. */
  run(): Promise<Notice[]>;
}

/** A completed change. */
export interface Done {
  domain: ChangeDomain;
  /** The module in which it was made, for the list; null for all. */
  module: string | null;
  summary: CodedText<'change'>;
  ways: readonly UndoStep[];
  /** Called after the undo steps: applies the files as they are now. */
  publish(): Notice[];
}

interface Undoable extends Done {
  shown: Change;
}

const maxChanges = 50;

/** Runs all undo steps, last first; runs none if one of them is no longer possible. */
export async function undoAll(ways: readonly UndoStep[]): Promise<Notice[]> {
  for (const way of ways) way.check();
  const warnings: Notice[] = [];
  for (const way of ways.toReversed()) warnings.push(...(await way.run()));
  return warnings;
}

/**
 * The user's changes: one at a time, with undo for the last ones of this run. In memory only; deleted items
 * are also in the trash.
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

  /**
   * Runs a task while no other change is in progress, here or in another process.
   * @throws as `FolderLock.run`
   */
  runExclusive<T>(task: () => Promise<T>): Promise<T> {
    return this.#lock.run(task);
  }

  /** Adds a change; calls must not overlap. */
  add(done: Done): Change {
    const { summary } = done;
    const shown = {
      id: `change-${++this.#count}`,
      at: new Date(this.#now()).toISOString(),
      summary: summary.message,
      summary_detail: detailOf(summary),
    };
    this.#changes = [{ ...done, shown }, ...this.#changes].slice(0, maxChanges);
    this.#onChanged();
    return shown;
  }

  /** Everything that can be undone, latest first. */
  all(): Change[] {
    return this.#changes.map(({ shown }) => shown);
  }

  /** What can be undone, latest first; with a module, the changes to it or to all modules. */
  list(domains: readonly ChangeDomain[], module?: string): Change[] {
    return this.#changes
      .filter((change) => domains.includes(change.domain))
      .filter((change) => module === undefined || change.module === module || change.module === null)
      .map(({ shown }) => shown);
  }

  /**
   * Undoes the change with this id, or the latest one of the domain; without a domain the latest of all.
   * @throws AppError `not_found`; `invalid_request` if the item has been changed again since
   */
  async undo(
    domain: ChangeDomain | undefined,
    id: string | undefined,
  ): Promise<{ undone: Change } & Required<NoticeFields>> {
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
    return { undone: wanted.shown, ...noticeFieldsOf(warnings) };
  }
}
