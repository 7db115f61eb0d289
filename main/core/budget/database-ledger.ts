import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.ts';
import type { OpenDatabase } from '../database/open-database.ts';
import { DatabaseDown } from '../database/trouble.ts';
import type { Log } from '../lib/log/log.ts';
import { endBatchEntry } from './batch-entries.ts';
import { storable } from '../lib/storable.ts';
import {
  LedgerUnavailable,
  nanoUsd,
  type DayTotal,
  type LastingEnd,
  type LastingReservation,
  type Ledger,
  type ReservationSubject,
  type Reserved,
  type UnknownEntry,
} from './ledger.ts';
import {
  renewEntries,
  settleUnknownEntry,
  staleMs,
  totalOf,
  unknownEntries,
  writeLedger,
  type Ending,
  type LostDay,
  type NewReservation,
  type Verdict,
} from './ledger-queries.ts';

interface Waiting extends NewReservation {
  resolve(verdict: Verdict): void;
  reject(error: LedgerUnavailable): void;
}

/** Most entries in one transaction. */
const batchSize = 500;
/** Characters that are kept of a text of the caller's or the provider's. */
const maxText = 500;
/**
 * How long an ending waits for the next reservation, to share its transaction. Reservations of this process are judged
 * after it all the same, and a kill in between leaves the entry at its bound.
 */
const endingMs = 25;
/** How soon an ending that could not be written is tried again. */
const retryMs = 5000;

/**
 * The ledger in the database, shared with every process and machine that uses the same one. What is asked for while a
 * transaction is under way shares the next one. Nothing is counted in memory: without the database nothing is reserved.
 */
export class DatabaseLedger implements Ledger {
  readonly #database: Database;
  readonly #now: () => number;
  readonly #log: Log;
  readonly #redact: (text: string) => string;
  /** Entries of this process whose calls are under way. */
  readonly #own = new Set<string>();
  #wanted: Waiting[] = [];
  #endings: Ending[] = [];
  /** What has to be noted before anything is granted from a ledger that was begun anew. */
  #lost: LostDay | undefined;
  #writing: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #ending: NodeJS.Timeout | undefined;
  #renewing: NodeJS.Timeout | undefined;

  /** @param redact takes secrets out of a text; a provider can say anything about a call, the key it came with too */
  constructor(database: Database, now: () => number, log: Log, redact: (text: string) => string) {
    this.#database = database;
    this.#now = now;
    this.#log = log;
    this.#redact = redact;
  }

  async reserve(day: string, amount: number, limit: number, subject: ReservationSubject): Promise<Reserved> {
    const reserved = await this.#want({ id: randomUUID(), day, amount, limit, subject });
    if (reserved.id !== null) this.#keep(reserved.id);
    return reserved;
  }

  reserveLasting(
    day: string,
    amount: number,
    limit: number,
    subject: ReservationSubject,
    lasting: LastingReservation,
  ): Promise<Reserved> {
    return this.#want({ day, amount, limit, subject, ...lasting });
  }

  endLasting(id: string, end: LastingEnd): Promise<void> {
    return this.#use('write', (open) => endBatchEntry(open, id, end));
  }

  async #want(wanted: NewReservation): Promise<Reserved> {
    const subject = this.#storableSubject(wanted.subject);
    const verdict = await new Promise<Verdict>((resolve, reject) => {
      this.#wanted.push({ ...wanted, subject, resolve, reject });
      void this.#write();
    });
    const { granted, spent, unknown, reserved } = verdict;
    return { id: granted ? wanted.id : null, spent, unknown, reserved };
  }

  settle(id: string, actual: number): void {
    this.#end({ id, settled: actual });
  }

  markUnknown(id: string, reason: string, providerRef: string | null): void {
    this.#end({ id, unknown: this.#storable(reason), providerRef: this.#storable(providerRef) });
  }

  async today(day: string): Promise<DayTotal> {
    await this.#write();
    return this.#use('read', (open) => totalOf(open, day, this.#now()));
  }

  async unknown(limit: number): Promise<UnknownEntry[]> {
    await this.#write();
    return this.#use('read', (open) => unknownEntries(open, this.#now(), limit));
  }

  settleUnknown(id: string, actual: number): Promise<boolean> {
    return this.#use('write', (open) => settleUnknownEntry(open, id, actual, this.#now()));
  }

  /**
   * For a damaged database that was replaced by an empty one: what was spent today is not known any more, so the whole
   * day's limit counts as an entry of unknown cost, which the user can settle.
   * @param limit USD; nothing is noted where there is none
   */
  startAgain(day: string, limit: number): void {
    if (Number.isFinite(limit) && limit > 0) this.#lost = { id: randomUUID(), day, amount: nanoUsd(limit) };
    void this.#write();
  }

  async close(): Promise<void> {
    clearInterval(this.#renewing);
    await this.#write();
    clearTimeout(this.#retry);
    if (this.#endings.length)
      this.#log.warn(
        { entries: this.#endings.length },
        'the ledger could not be reached at the end: these calls count at their bound until they are settled',
      );
  }

  get #isWaiting(): boolean {
    return this.#wanted.length > 0 || this.#endings.length > 0 || this.#lost !== undefined;
  }

  /** One text that the database refuses would hold up every ending that is written with it. */
  #storable<T extends string | null>(text: T): T {
    return text === null ? text : (storable(this.#redact(text), maxText) as T);
  }

  #storableSubject({ provider, model, module, requestId }: ReservationSubject): ReservationSubject {
    return {
      provider: this.#storable(provider),
      model: this.#storable(model),
      module: this.#storable(module),
      requestId: this.#storable(requestId),
    };
  }

  #end(ending: Ending): void {
    if (!this.#own.delete(ending.id)) return;
    this.#endings.push(ending);
    this.#ending ??= setTimeout(() => void this.#write(), endingMs).unref();
  }

  /** Everything that waits, in as many transactions as it takes; returns when all that was there is dealt with. */
  #write(): Promise<void> {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
      // What came in the very moment the last transaction ended.
      if (!this.#retry && this.#isWaiting) void this.#write();
    });
    return this.#writing;
  }

  async #writeAll(): Promise<void> {
    clearTimeout(this.#ending);
    this.#ending = undefined;
    while (this.#isWaiting) {
      const endings = this.#endings.slice(0, batchSize);
      const wanted = this.#wanted.splice(0, batchSize);
      try {
        let lost: LostDay | undefined;
        // What was lost is known only once the database is open.
        const verdicts = await this.#use('write', (open) =>
          writeLedger(open, { lost: (lost = this.#lost), endings, wanted, now: this.#now() }),
        );
        if (lost === this.#lost) this.#lost = undefined;
        this.#endings = this.#endings.slice(endings.length);
        for (const one of wanted) {
          const verdict = verdicts.find(({ id }) => id === one.id);
          if (verdict) one.resolve(verdict);
        }
      } catch (error) {
        for (const one of wanted) {
          // The transaction may have been written all the same: then the entry has no call.
          this.#endings.push({ id: one.id, settled: 0 });
          one.reject(error as LedgerUnavailable);
        }
        this.#retry ??= setTimeout(() => {
          this.#retry = undefined;
          void this.#write();
        }, retryMs).unref();
        return;
      }
    }
  }

  #keep(id: string): void {
    this.#own.add(id);
    this.#renewing ??= setInterval(() => void this.#renew(), staleMs / 3).unref();
  }

  async #renew(): Promise<void> {
    const ids = [...this.#own];
    if (ids.length) await this.#use('write', (open) => renewEntries(open, ids, this.#now())).catch(() => {});
  }

  /** @throws LedgerUnavailable */
  async #use<T>(purpose: 'read' | 'write', work: (open: OpenDatabase) => Promise<T>): Promise<T> {
    try {
      return await this.#database.use(purpose, work);
    } catch (error) {
      if (!(error instanceof DatabaseDown))
        this.#log.error({ err: String(error) }, 'the database refuses an entry of the ledger');
      throw new LedgerUnavailable((error as Error).message, { cause: error });
    }
  }
}
