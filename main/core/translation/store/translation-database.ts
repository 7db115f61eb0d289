import { setTimeout as sleep } from 'node:timers/promises';
import { Semaphore } from 'es-toolkit';
import type { Database } from '../../database/database.ts';
import type { OpenDatabase } from '../../database/open-database.ts';
import { DatabaseDown } from '../../database/trouble.ts';
import { AppError } from '../../lib/app-error.ts';

const maxRetries = 20;
const retryDelayMs = 3000;

/** PostgreSQL's errors for U+0000 in a text: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const invalidCharacterCodes = new Set(['22021', '22P05']);

/** Statements and transactions of projects at a time. This leaves connections for the ledger and the call log. */
const maxConcurrent = 4;

/** Repeats `once` for a minute while the database is unavailable. */
async function retryWhileDown<T>(once: () => Promise<T>): Promise<T> {
  for (let left = maxRetries; ; left--) {
    try {
      return await once();
    } catch (error) {
      if (left === 0 || !(error instanceof AppError) || error.code !== 'ledger_unavailable') throw error;
      await sleep(retryDelayMs);
    }
  }
}

/** The database for translation projects. If it is unavailable, the caller gets an error; there is no fallback in memory. */
export class TranslationDatabase {
  readonly #database: Database;
  readonly #semaphore: Semaphore;
  readonly #patient: boolean;

  constructor(database: Database, semaphore = new Semaphore(maxConcurrent), patient = false) {
    [this.#database, this.#semaphore, this.#patient] = [database, semaphore, patient];
  }

  /** The same database for runs, whose replies are paid: failed reads are also repeated. */
  patient(): TranslationDatabase {
    return new TranslationDatabase(this.#database, this.#semaphore, true);
  }

  /** @throws AppError `ledger_unavailable` while the database is unavailable */
  read<T>(work: (open: OpenDatabase) => Promise<T>): Promise<T> {
    const once = () => this.#use('read', work);
    return this.#patient ? retryWhileDown(once) : once();
  }

  /** @throws AppError `ledger_unavailable` while the database is unavailable; nothing was written */
  write<T>(work: (open: OpenDatabase) => Promise<T>): Promise<T> {
    return this.#use('write', work);
  }

  /** Like `write`, but the data is on disk, not only in the system's cache, when this resolves. */
  durably<T>(work: (open: OpenDatabase) => Promise<T>): Promise<T> {
    return this.write(async (open) => {
      if (open.kind !== 'sqlite') return work(open);
      const { sql } = open;
      // One connection for all statements, because the setting applies to a connection.
      return open.db.connection().execute(async (db) => {
        await sql`pragma synchronous = full`.execute(db);
        try {
          return await work({ ...open, db });
        } finally {
          await sql`pragma synchronous = normal`.execute(db);
        }
      });
    });
  }

  /**
   * Like `write`, for paid replies: repeated for a minute while the database is unavailable. An attempt that seemed to
   * fail may have succeeded, so `work` must be repeatable.
   * @param how `durably` if the data must be on disk when this resolves
   */
  persist<T>(work: (open: OpenDatabase) => Promise<T>, how: 'write' | 'durably' = 'write'): Promise<T> {
    return retryWhileDown(() => this[how](work));
  }

  async #use<T>(purpose: 'read' | 'write', work: (open: OpenDatabase) => Promise<T>): Promise<T> {
    await this.#semaphore.acquire();
    try {
      return await this.#database.use(purpose, work);
    } catch (error) {
      if (invalidCharacterCodes.has(String((error as { code?: unknown }).code)))
        throw new AppError(
          'invalid_request',
          'a text has a character that the database cannot hold (U+0000)',
        );
      if (!(error instanceof DatabaseDown)) throw error;
      const message = `the database cannot be used (${error.message}): translation projects are in it`;
      throw new AppError('ledger_unavailable', message, undefined, { cause: error });
    } finally {
      this.#semaphore.release();
    }
  }
}
