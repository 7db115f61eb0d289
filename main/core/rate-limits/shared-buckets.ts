import { DatabaseDown } from '../database/trouble.ts';
import type { Log } from '../lib/log/log.ts';
import { MemoryBuckets, type BucketChange, type DatabaseBuckets } from './bucket-store.ts';

interface Waiting {
  change: BucketChange;
  done(): void;
}

/** A change that nobody waits for is written after this time, unless another one takes it along. */
const noticeMs = 25;

/** Writes changes of buckets: those that arrive during a transaction share the next one. */
export class SharedBuckets {
  readonly #database: DatabaseBuckets;
  readonly #now: () => number;
  readonly #log: Log;
  readonly #memory = new MemoryBuckets();
  #pending: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(database: DatabaseBuckets, now: () => number, log: Log) {
    this.#database = database;
    this.#now = now;
    this.#log = log;
  }

  /**
   * Resolves when the change is made. Never rejects: without a database this process uses only its own
   * counts.
   */
  write(change: BucketChange): Promise<void> {
    const written = new Promise<void>((done) => this.#pending.push({ change, done }));
    void this.#flush();
    return written;
  }

  /** Written soon, without anyone waiting for it. */
  note(change: BucketChange): void {
    this.#pending.push({ change, done: () => {} });
    this.#timer ??= setTimeout(() => void this.#flush(), noticeMs).unref();
  }

  async close(): Promise<void> {
    await this.#flush();
  }

  #flush(): Promise<void> {
    this.#writing ??= this.#flushAll().finally(() => {
      this.#writing = undefined;
      // Picks up changes that arrived just as the last transaction ended.
      if (this.#pending.length > 0 && !this.#timer) void this.#flush();
    });
    return this.#writing;
  }

  async #flushAll(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#pending.length > 0) {
      const batch = this.#pending;
      this.#pending = [];
      const changes = batch.map(({ change }) => change);
      try {
        await this.#database.apply(changes, this.#now());
      } catch (error) {
        if (!(error instanceof DatabaseDown)) this.#log.error(`rate limits: ${String(error)}`);
        this.#memory.apply(changes, this.#now());
      }
      for (const { done } of batch) done();
    }
  }
}
