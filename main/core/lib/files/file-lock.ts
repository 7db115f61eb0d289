import { chmodSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type Libsql from 'libsql';
import { AppError } from '../app-error.ts';
import { makeFolder } from './replace-file.ts';
import { closeAtExit, driverProblem, loadSqlite } from '../sqlite-driver.ts';

interface Open {
  database: Libsql.Database;
  inode: number;
  /** On Windows: keeps the connection open until both are collected. */
  statement: Libsql.Statement | undefined;
  /** To be called when the database is closed. */
  forget(): void;
}

const codeOf = (error: unknown) => String((error as { code?: unknown }).code || error);

function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}

/**
 * A lock that one process at a time holds: SQLite's write lock on an empty database, to which nothing is ever
 * written. The system releases it when the process ends for any reason.
 */
export class FileLock {
  readonly path: string;
  #open: Open | undefined;

  /** Opens nothing yet, and loads no database code. */
  constructor(path: string) {
    this.path = path;
  }

  /**
   * @returns false while another process, or another lock on this file, holds it
   * @throws AppError `file_unreadable` if the file cannot be used as a lock
   */
  take(): boolean {
    try {
      const { database } = (this.#open ??= this.#begin());
      database.exec('begin immediate');
      if (!this.#isGone()) return true;
      this.close();
      return false;
    } catch (error) {
      if (codeOf(error) === 'SQLITE_BUSY') return false;
      const gone = this.#isGone();
      this.close();
      if (gone) return false;
      throw error instanceof AppError ? error : this.#unusable(error);
    }
  }

  /** True if the open file was deleted: a lock on it no longer excludes anyone. */
  #isGone(): boolean {
    return this.#open !== undefined && inodeOf(this.path) !== this.#open.inode;
  }

  /** Releases the lock; the file stays open for the next time. */
  free(): void {
    try {
      this.#open?.database.exec('rollback');
    } catch {
      this.close();
    }
  }

  /** Releases the lock and closes the file; the next `take` opens it again. */
  close(): void {
    const open = this.#open;
    this.#open = undefined;
    // Detached, the file is closed now. `close` alone leaves it open on Windows until the connection is collected, and
    // nobody can remove it.
    for (const end of [
      () => open?.database.inTransaction && open.database.exec('rollback'),
      () => open?.database.exec('detach lock'),
      () => open?.database.close(),
    ])
      try {
        end();
      } catch {
        // The rest is released when the process ends.
      }
    open?.forget();
  }

  #begin(): Open {
    const Database = loadSqlite();
    makeFolder(dirname(this.path));
    const database = new Database(':memory:');
    try {
      database.exec('pragma busy_timeout = 0');
      database.exec(`attach '${this.path.replaceAll("'", "''")}' as lock`);
      // Uses chmod on the path: opening and closing the file in any other way would drop this process's locks
      // on it.
      if (process.platform !== 'win32') chmodSync(this.path, 0o600);
      // The driver frees a connection twice unless one of its statements is freed later. On Windows that can end the
      // process, so there the connection is closed only when both are collected.
      const statement = process.platform === 'win32' ? database.prepare('select 1') : undefined;
      const forget = closeAtExit(() => {
        database.close();
        return statement;
      });
      return { database, inode: inodeOf(this.path) ?? -1, statement, forget };
    } catch (error) {
      database.close();
      throw error;
    }
  }

  #unusable(error: unknown): AppError {
    const problem = driverProblem(error);
    if (problem)
      return new AppError('file_unreadable', `nothing was changed: ${problem}`, { file: this.path });
    return new AppError(
      'file_unreadable',
      `${this.path} cannot be locked (${codeOf(error)}), so nothing was changed: it has to be a file that can be opened and written, and may be empty`,
      { file: this.path },
    );
  }
}
