import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../database/database.ts';
import type { OpenDatabase } from '../../database/open-database.ts';
import { DatabaseDown } from '../../database/trouble.ts';
import { AppError } from '../../lib/app-error.ts';

const tries = 20;
const betweenTriesMs = 3000;

/** PostgreSQL's texts have no zero character: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const cannotHold = new Set(['22021', '22P05']);

/** Statements and transactions of projects at a time: the ledger and the call log find a connection free. */
const maxAtOnce = 4;

/** Tries again for a minute while the database cannot be used. */
async function insistently<T>(once: () => Promise<T>): Promise<T> {
  for (let left = tries; ; left--) {
    try {
      return await once();
    } catch (error) {
      if (left === 0 || !(error instanceof AppError) || error.code !== 'ledger_unavailable') throw error;
      await sleep(betweenTriesMs);
    }
  }
}

/** Lets so many in at a time, the others in their order. */
class Gate {
  #free = maxAtOnce;
  readonly #waiting: (() => void)[] = [];

  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}

/** The database as projects use it: what cannot be reached is an error for the caller, and nothing goes on in memory. */
export class TranslationDatabase {
  readonly #database: Database;
  readonly #gate: Gate;
  readonly #patient: boolean;

  constructor(database: Database, gate = new Gate(), patient = false) {
    [this.#database, this.#gate, this.#patient] = [database, gate, patient];
  }

  /** The same database for a run, whose replies are paid for: what it reads is tried again like what it writes. */
  patient(): TranslationDatabase {
    return new TranslationDatabase(this.#database, this.#gate, true);
  }

  /** @throws AppError `ledger_unavailable` while the database cannot be used */
  read<T>(work: (open: OpenDatabase) => Promise<T>): Promise<T> {
    const once = () => this.#use('read', work);
    return this.#patient ? insistently(once) : once();
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
  persist<T>(work: (open: OpenDatabase) => Promise<T>, how: 'write' | 'durably' = 'write'): Promise<T> {
    return insistently(() => this[how](work));
  }

  async #use<T>(purpose: 'read' | 'write', work: (open: OpenDatabase) => Promise<T>): Promise<T> {
    try {
      return await this.#gate.pass(() => this.#database.use(purpose, work));
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
