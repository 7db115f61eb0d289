import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../database/database.ts';
import type { OpenDatabase } from '../../database/open-database.ts';
import { DatabaseDown } from '../../database/trouble.ts';
import { AppError } from '../../lib/app-error.ts';

const tries = 20;
const betweenTriesMs = 3000;

/** PostgreSQL's texts have no zero character: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const cannotHold = new Set(['22021', '22P05']);

/** The database as projects use it: what cannot be reached is an error for the caller, and nothing goes on in memory. */
export class TranslationDatabase {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws AppError `ledger_unavailable` while the database cannot be used */
  read<T>(work: (open: OpenDatabase) => Promise<T>): Promise<T> {
    return this.#use('read', work);
  }

  /** @throws AppError `ledger_unavailable` while the database cannot be used; then nothing was written */
  write<T>(work: (open: OpenDatabase) => Promise<T>): Promise<T> {
    return this.#use('write', work);
  }

  /** As `write`; on the disk, and not in the system's cache, when it resolves. */
  durably<T>(work: (open: OpenDatabase) => Promise<T>): Promise<T> {
    return this.write(async (open) => {
      if (open.kind !== 'sqlite') return work(open);
      const { sql } = open;
      // The connection is kept: nobody else's setting comes in between.
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
   * As `write`, for what is paid for: tried again for a minute while the database cannot be used. `work` may have been
   * done by a try that seemed to fail, and has to look.
   * @param how `durably` for what has to be on the disk when it resolves
   */
  async persist<T>(work: (open: OpenDatabase) => Promise<T>, how: 'write' | 'durably' = 'write'): Promise<T> {
    for (let left = tries; ; left--) {
      try {
        return await this[how](work);
      } catch (error) {
        if (left === 0 || !(error instanceof AppError) || error.code !== 'ledger_unavailable') throw error;
        await sleep(betweenTriesMs);
      }
    }
  }

  async #use<T>(purpose: 'read' | 'write', work: (open: OpenDatabase) => Promise<T>): Promise<T> {
    try {
      return await this.#database.use(purpose, work);
    } catch (error) {
      if (cannotHold.has(String((error as { code?: unknown }).code)))
        throw new AppError(
          'invalid_request',
          'a text has a character that the database cannot hold (U+0000)',
        );
      if (!(error instanceof DatabaseDown)) throw error;
      const message = `the database cannot be used (${error.message}): translation projects are in it`;
      throw new AppError('ledger_unavailable', message, undefined, { cause: error });
    }
  }
}
