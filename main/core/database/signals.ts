import type { Log } from '../lib/log/log.ts';
import type { Database } from './database.ts';
import type { DatabaseLocation } from './database-location.ts';
import type { PostgresListener } from './postgres-listener.ts';

/**
 * `work`: there may be something to do, or to stop. `progress`: something was written that a view may show.
 */
export type Signal = 'work' | 'progress';

const isSignal = (text: string | undefined): text is Signal => text === 'work' || text === 'progress';

export interface SignalParts {
  database: Database;
  location: DatabaseLocation;
  log: Log;
  /** Distinguishes this process from others that use the same database. */
  process: string;
}

const signalChannel = 'comfyvn_llm';

/**
 * Notifies listeners in this process and, through PostgreSQL's NOTIFY, in all processes that share the
 * database. A signal carries no data and may be lost: listeners read the rows when it arrives, and also at
 * intervals.
 */
export class Signals {
  readonly #parts: SignalParts;
  readonly #listeners = new Set<(signal: Signal) => void>();
  #remote: Promise<PostgresListener> | undefined;
  #closed = false;

  constructor(parts: SignalParts) {
    this.#parts = parts;
  }

  /** Never fails. */
  send(signal: Signal): void {
    this.#deliver(signal);
    const { database, location, process } = this.#parts;
    if (location.kind !== 'postgres' || this.#closed) return;
    const message = `${signal} ${process}`;
    void database
      .use('write', ({ db, sql }) => sql`select pg_notify(${signalChannel}, ${message})`.execute(db))
      .catch(() => {});
  }

  /** Returns the function that unsubscribes. */
  on(heard: (signal: Signal) => void): () => void {
    this.#listeners.add(heard);
    return () => void this.#listeners.delete(heard);
  }

  /** Also receives signals of other processes that share a PostgreSQL; this keeps one connection open. */
  listenToOthers(): void {
    const { location, log, process } = this.#parts;
    if (location.kind !== 'postgres' || this.#remote || this.#closed) return;
    const { url } = location;
    const heard = (message: string) => {
      const [signal, from] = message.split(' ');
      if (isSignal(signal) && from !== process) this.#deliver(signal);
    };
    // Signals sent during an interruption are not repeated.
    const missed = () => (['work', 'progress'] as const).forEach((signal) => this.#deliver(signal));
    this.#remote = import('./postgres-listener.ts').then(
      (loaded) => new loaded.PostgresListener({ url, channel: signalChannel, log, heard, missed }),
    );
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#listeners.clear();
    await (await this.#remote)?.close();
  }

  #deliver(signal: Signal): void {
    for (const listener of this.#listeners) listener(signal);
  }
}
