import { AsyncLocalStorage } from 'node:async_hooks';
import { chmodSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type Libsql from 'libsql';
import { AppError } from './app-error.ts';
import { makeFolder } from './replace-file.ts';

/** How long a change waits for another process's, in milliseconds. */
const waitMs = 10_000;
const maxPauseMs = 8;
/** After so long of one change after another, a process leaves the others a gap to come in. */
const streakMs = 100;
const gapMs = 15;

/** A database of its own in which nothing is ever written: only its lock is used. */
interface Open {
  database: Libsql.Database;
  inode: number;
}

const codeOf = (error: unknown) => String((error as { code?: unknown }).code ?? error);

function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}

/**
 * One lock for every change to a user's files, across all processes that work on the same data folder: whoever holds it
 * reads a file, changes it and writes it back. It is SQLite's write lock on `data/lock.db`, which the system frees when a
 * process dies (docs/decisions/0011-one-lock-for-the-users-files.md).
 */
export class FolderLock {
  readonly path: string;
  readonly #waitMs: number;
  readonly #holding = new AsyncLocalStorage<{ held: boolean }>();
  #last: Promise<unknown> = Promise.resolve();
  #open: Open | undefined;
  #streakBegan = 0;
  #released = -Infinity;

  /** Opens nothing yet. @param options.waitMs how long a change waits for other processes */
  constructor(runtimeRoot: string, options: { waitMs?: number } = {}) {
    this.path = join(runtimeRoot, 'data', 'lock.db');
    this.#waitMs = options.waitMs ?? waitMs;
  }

  /**
   * Runs a task while no other task runs, here or in another process; tasks of this process in the order they came.
   * Within a task, another one runs at once.
   * @throws AppError `server_busy` where another process holds the lock for too long, `file_unreadable` where the lock
   * cannot be used; the task has not begun then
   */
  run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#holding.getStore()?.held) return task();
    return this.#inTurn(() => this.#locked(task));
  }

  /** Closes the lock's file after the tasks under way; the next task opens it again. */
  close(): Promise<void> {
    return this.#inTurn(async () => this.#shut());
  }

  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const next = this.#last.then(task, task);
    this.#last = next.catch(() => {});
    return next;
  }

  async #locked<T>(task: () => Promise<T>): Promise<T> {
    await this.#leaveGap();
    const database = await this.#acquire();
    const holder = { held: true };
    try {
      return await this.#holding.run(holder, task);
    } finally {
      holder.held = false;
      this.#release(database);
    }
  }

  /** SQLite knows no queue: without a gap a process that writes on and on would shut the others out. */
  async #leaveGap(): Promise<void> {
    const now = performance.now();
    if (now - this.#released > gapMs) this.#streakBegan = now;
    else if (now - this.#streakBegan > streakMs) {
      await pause(gapMs);
      this.#streakBegan = performance.now();
    }
  }

  async #acquire(): Promise<Libsql.Database> {
    const until = performance.now() + this.#waitMs;
    for (let ms = 1; ; ms = Math.min(ms * 2, maxPauseMs)) {
      try {
        const { database, inode } = (this.#open ??= await this.#begin());
        database.exec('begin immediate');
        // Someone may have deleted the file: a lock on it would keep nobody out any more.
        if (inodeOf(this.path) === inode) return database;
        this.#shut();
      } catch (error) {
        if (error instanceof AppError) throw error;
        if (codeOf(error) !== 'SQLITE_BUSY') {
          this.#shut();
          throw this.#unusable(error);
        }
      }
      if (performance.now() > until)
        throw new AppError(
          'server_busy',
          `another process has been changing the files in ${dirname(dirname(this.path))} for ${Math.round(this.#waitMs / 1000)} seconds: nothing was changed here; try again`,
        );
      await pause(ms * (0.5 + Math.random() / 2));
    }
  }

  async #begin(): Promise<Open> {
    const { default: Database } = await import('libsql');
    makeFolder(dirname(this.path));
    const database = new Database(this.path);
    try {
      database.exec('pragma busy_timeout = 0');
      // Opened and closed by any other means, the file would lose the locks that this process has on it.
      if (process.platform !== 'win32') chmodSync(this.path, 0o600);
      return { database, inode: inodeOf(this.path) ?? -1 };
    } catch (error) {
      database.close();
      throw error;
    }
  }

  #release(database: Libsql.Database): void {
    this.#released = performance.now();
    try {
      database.exec('rollback');
    } catch {
      this.#shut();
    }
  }

  #shut(): void {
    const open = this.#open;
    this.#open = undefined;
    try {
      open?.database.close();
    } catch {
      // What is left of it goes with the process.
    }
  }

  #unusable(error: unknown): AppError {
    return new AppError(
      'file_unreadable',
      `${this.path} cannot be used to keep other processes out (${codeOf(error)}), so nothing was changed: it is empty, and can be deleted while no panel runs`,
      { file: this.path },
    );
  }
}
