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
  type UnknownReason,
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

/** Maximum entries per transaction. */
const batchSize = 500;
/** Characters stored of a text from the caller or the provider. */
const maxText = 500;
/**
 * How long an ending waits to share the next reservation's transaction. Reservations of this process still
 * see it, and if the process is killed in between, the entry stays at its bound.
 */
const endingMs = 25;
/** Delay before retrying an ending that could not be written. */
const retryMs = 5000;

/**
 * The ledger in the database, shared by every process and machine that uses it. Requests that arrive during a
 * transaction share the next one. Nothing is counted in memory: without the database nothing is reserved.
 */
export class DatabaseLedger implements Ledger {
  readonly #database: Database;
  readonly #now: () => number;
  readonly #log: Log;
  readonly #redact: (text: string) => string;
  /** Entries of this process whose calls are in progress. */
  readonly #own = new Set<string>();
  #wanted: Waiting[] = [];
  #endings: Ending[] = [];
  /** Recorded before the first reservation in a ledger that was started anew. */
  #lost: LostDay | undefined;
  #writing: Promise<void> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #ending: NodeJS.Timeout | undefined;
  #renewing: NodeJS.Timeout | undefined;

  /** @param redact removes secrets from a text; a provider's message may contain anything, even the key */
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

  markUnknown(id: string, reason: UnknownReason, providerRef: string | null): void {
    this.#end({ id, unknown: this.#storableReason(reason), providerRef: this.#storable(providerRef) });
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
   * For a damaged database that was replaced by an empty one. Today's spending is lost, so the whole daily
   * limit is recorded as an entry of unknown cost, which the user can settle.
   * @param limit USD; if there is no limit, nothing is recorded
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
        'the ledger could not be reached at shutdown: these calls count at their bound until they are settled',
      );
  }

  get #isWaiting(): boolean {
    return this.#wanted.length > 0 || this.#endings.length > 0 || this.#lost !== undefined;
  }

  /** One text that the database rejects would block every ending in the same transaction. */
  #storable<T extends string | null>(text: T): T {
    return text === null ? text : (storable(this.#redact(text), maxText) as T);
  }

  #storableReason(reason: UnknownReason): UnknownReason {
    const values = Object.entries(reason.values).map(([name, value]) => [
      name,
      typeof value === 'string' ? this.#storable(value) : value,
    ]);
    return { ...reason, message: this.#storable(reason.message), values: Object.fromEntries(values) };
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

  /** Writes everything that waits, in as many transactions as needed. Resolves when all of it is handled. */
  #write(): Promise<void> {
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
      // Picks up requests that arrived just as the last transaction ended.
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
        // Only opening the database shows whether entries were lost.
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
          // The transaction may have been committed all the same; then this entry belongs to no call.
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
        this.#log.error({ err: String(error) }, 'the database refuses a ledger entry');
      throw new LedgerUnavailable((error as Error).message, { cause: error });
    }
  }
}
