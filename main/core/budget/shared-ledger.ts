import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.ts';
import type { OpenDatabase } from '../database/open-database.ts';
import { DatabaseDown } from '../database/trouble.ts';
import type { Log } from '../lib/log.ts';
import type { DayTotal, Ledger, Reserved } from './ledger.ts';
import { renewIn, reserveIn, settleIn, staleMs, totalOf, type Debt } from './ledger-queries.ts';

interface Promised {
  day: string;
  amount: number;
  /** True when the database has it, and with it every other machine. */
  shared: boolean;
}

/** Debts paid in one transaction. */
const paidAtOnce = 500;

/**
 * The ledger in the database, shared with whoever uses the same one. While the database is gone it counts on in memory
 * from what was last seen there, and pays in afterwards what was spent meanwhile.
 */
export class SharedLedger implements Ledger {
  readonly #database: Database;
  readonly #now: () => number;
  readonly #log: Log;
  readonly #promised = new Map<string, Promised>();
  /** Spent by day, as last seen in the database. */
  readonly #seen = new Map<string, number>();
  #debts: Debt[] = [];
  #turn: Promise<unknown> = Promise.resolve();
  #renewing: NodeJS.Timeout | undefined;

  constructor(database: Database, now: () => number, log: Log) {
    this.#database = database;
    this.#now = now;
    this.#log = log;
  }

  reserve(day: string, amount: number, limit: number): Promise<Reserved> {
    return this.#inTurn(async () => {
      const id = randomUUID();
      const told = await this.#try('write', async (open) => {
        await this.#payIn(open);
        return reserveIn(open, { id, day, amount, limit, now: this.#now() });
      });
      if (told) this.#seen.set(day, told.spent);
      else await this.#look(day);
      const { spent, reserved } = told ?? this.#inMemory(day);
      const granted = told ? told.granted : spent + reserved + amount <= limit;
      if (granted) this.#promise(id, { day, amount, shared: told !== undefined });
      return { id: granted ? id : null, spent, reserved, shared: told !== undefined };
    });
  }

  settle(id: string, actual: number): void {
    const promised = this.#promised.get(id);
    if (!promised) return;
    this.#promised.delete(id);
    if (promised.shared || actual > 0)
      this.#debts.push({ id: promised.shared ? id : null, day: promised.day, actual });
    void this.#inTurn(() => this.#pay());
  }

  today(day: string): Promise<DayTotal> {
    return this.#inTurn(async () => {
      await this.#pay();
      const told = await this.#look(day);
      if (told && this.#debts.length === 0) return { ...told, shared: this.#database.writable };
      return { ...this.#inMemory(day), shared: false };
    });
  }

  /** For a database that was replaced by an empty one: what is known of it is paid in again. */
  startAgain(): void {
    for (const promised of this.#promised.values()) promised.shared = false;
    this.#debts = this.#debts.map((debt) => ({ ...debt, id: null }));
    for (const [day, actual] of this.#seen) if (actual > 0) this.#debts.push({ id: null, day, actual });
    this.#seen.clear();
  }

  async close(): Promise<void> {
    clearInterval(this.#renewing);
    await this.#inTurn(() => this.#pay());
  }

  /** One after the other: they would wait for the same row of the database anyway. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => {});
    return result;
  }

  /** A file that cannot be written can often still be read. */
  async #look(day: string): Promise<{ spent: number; reserved: number } | undefined> {
    const told = await this.#try('read', (open) => totalOf(open, day, this.#now()));
    if (told) this.#seen.set(day, told.spent);
    return told;
  }

  #inMemory(day: string): { spent: number; reserved: number } {
    const debts = this.#debts.filter((debt) => debt.day === day);
    const promised = [...this.#promised.values()].filter((promise) => promise.day === day);
    return {
      spent: debts.reduce((sum, debt) => sum + debt.actual, this.#seen.get(day) ?? 0),
      reserved: promised.reduce((sum, promise) => sum + promise.amount, 0),
    };
  }

  #promise(id: string, promised: Promised): void {
    this.#promised.set(id, promised);
    this.#renewing ??= setInterval(() => void this.#inTurn(() => this.#renew()), staleMs / 3).unref();
  }

  async #renew(): Promise<void> {
    const ids = [...this.#promised].flatMap(([id, { shared }]) => (shared ? [id] : []));
    if (ids.length) await this.#try('write', (open) => renewIn(open, ids, this.#now()));
  }

  async #pay(): Promise<void> {
    if (this.#debts.length) await this.#try('write', (open) => this.#payIn(open));
  }

  /** On the open database: one that had to be replaced on the way has changed what is owed. */
  async #payIn(open: OpenDatabase): Promise<void> {
    while (this.#debts.length) {
      const paid = this.#debts.slice(0, paidAtOnce);
      await settleIn(open, paid);
      this.#debts = this.#debts.filter((debt) => !paid.includes(debt));
      for (const { day, actual } of paid) this.#seen.set(day, (this.#seen.get(day) ?? 0) + actual);
    }
  }

  /** Undefined when the database cannot be used now. */
  async #try<T>(purpose: 'read' | 'write', work: (open: OpenDatabase) => Promise<T>): Promise<T | undefined> {
    try {
      return await this.#database.use(purpose, work);
    } catch (error) {
      if (!(error instanceof DatabaseDown))
        this.#log.error({ err: String(error) }, 'the database refuses an entry of the ledger');
      return undefined;
    }
  }
}
