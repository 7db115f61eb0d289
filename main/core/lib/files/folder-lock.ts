import { AsyncLocalStorage } from 'node:async_hooks';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../app-error.ts';
import { FileLock } from './file-lock.ts';

/** How long a change waits for another process, in milliseconds. */
const maxWaitMs = 10_000;
const maxPauseMs = 8;
/** After this long of continuous changes, a process pauses to let others in. */
const streakMs = 100;
const gapMs = 15;

/**
 * One lock for every change to a user's files, across all processes with the same data folder. The holder
 * reads a file, changes it and writes it back (docs/decisions/0011-files-that-are-never-lost.md).
 */
export class FolderLock {
  readonly #runtimeRoot: string;
  readonly #waitMs: number;
  readonly #file: FileLock;
  readonly #holding = new AsyncLocalStorage<{ held: boolean }>();
  #last: Promise<unknown> = Promise.resolve();
  #streakBegan = 0;
  #freed = -Infinity;

  /**
   * Opens nothing yet.
   * @param options.waitMs how long a change waits for other processes
   */
  constructor(runtimeRoot: string, options: { waitMs?: number } = {}) {
    this.#runtimeRoot = runtimeRoot;
    this.#waitMs = options.waitMs ?? maxWaitMs;
    this.#file = new FileLock(join(runtimeRoot, 'data', 'lock.db'));
  }

  /**
   * Runs a task while no other task runs, here or in another process. Tasks of this process run in order. A
   * task started within a task runs at once.
   * @throws AppError `server_busy` if another process holds the lock for too long, `file_unreadable` if the
   * lock cannot be used; in both cases the task has not started
   */
  run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#holding.getStore()?.held) return task();
    return this.#runExclusive(() => this.#locked(task));
  }

  /** Closes the lock's file after the tasks in progress; the next task opens it again. */
  close(): Promise<void> {
    return this.#runExclusive(async () => this.#file.close());
  }

  #runExclusive<T>(task: () => Promise<T>): Promise<T> {
    const next = this.#last.then(task, task);
    this.#last = next.catch(() => {});
    return next;
  }

  async #locked<T>(task: () => Promise<T>): Promise<T> {
    await this.#leaveGap();
    await this.#take();
    const holder = { held: true };
    try {
      return await this.#holding.run(holder, task);
    } finally {
      holder.held = false;
      this.#file.free();
      this.#freed = performance.now();
    }
  }

  /** SQLite has no queue: without a pause, a process that writes continuously would starve the others. */
  async #leaveGap(): Promise<void> {
    const now = performance.now();
    if (now - this.#freed > gapMs) this.#streakBegan = now;
    else if (now - this.#streakBegan > streakMs) {
      await pause(gapMs);
      this.#streakBegan = performance.now();
    }
  }

  async #take(): Promise<void> {
    const until = performance.now() + this.#waitMs;
    for (let ms = 1; !this.#file.take(); ms = Math.min(ms * 2, maxPauseMs)) {
      if (performance.now() > until)
        throw new AppError(
          'server_busy',
          `another process has been changing the files in ${this.#runtimeRoot} for ${Math.round(this.#waitMs / 1000)} seconds: nothing was changed here; try again`,
        );
      await pause(ms * (0.5 + Math.random() / 2));
    }
  }
}
