import type { CallQuery } from '../../../contract/call-log.ts';
import { dayOf } from '../registry/lifecycle.ts';
import type { BodyRow, CallRow } from './database/tables.ts';

/** A call on its way to the database. */
export interface Entry {
  readonly row: CallRow;
  bodies: BodyRow | null;
}

const mostCalls = 5000;
/** Characters of bodies, which are up to 128 kB each: while nothing can be written, only the latest ones are kept. */
const mostBodyText = 32 * 1024 * 1024;

const sizeOf = ({ bodies }: Entry) =>
  bodies ? bodies.messages.length + bodies.reply.length + (bodies.request?.length ?? 0) : 0;

function matches(row: CallRow, query: Omit<CallQuery, 'limit'>): boolean {
  return (
    (query.before === undefined || row.id < query.before) &&
    (query.provider === undefined || row.provider === query.provider) &&
    (query.module === undefined || row.module === query.module) &&
    (query.model === undefined || row.model === query.model) &&
    (query.status === undefined || row.status === query.status) &&
    (query.mode === undefined || row.mode === query.mode) &&
    (query.ok === undefined || (row.ok === 1) === query.ok) &&
    (query.day === undefined || dayOf(row.at) === query.day) &&
    (query.text === undefined || row.search.includes(query.text.toLowerCase()))
  );
}

/** Calls that are in no database yet: the newest 5,000, which can be asked for all the same. */
export class MemoryCalls {
  #entries: Entry[] = [];
  #bodyText = 0;
  /** Calls that were let go because nothing could be written. */
  lost = 0;

  get size(): number {
    return this.#entries.length;
  }

  add(entry: Entry): void {
    this.#entries.push(entry);
    this.#bodyText += sizeOf(entry);
    if (this.#entries.length > mostCalls) this.#shorten();
    if (this.#bodyText > mostBodyText) this.#dropBodies();
  }

  /** Many in one go, since each costs a move of all. */
  #shorten(): void {
    const gone = this.#entries.slice(0, mostCalls / 10);
    this.remove(gone);
    this.lost += gone.length;
  }

  #dropBodies(): void {
    for (const entry of this.#entries) {
      if (this.#bodyText <= mostBodyText / 2) return;
      this.#bodyText -= sizeOf(entry);
      entry.bodies = null;
    }
  }

  /** The oldest ones, left where they are until `remove`. */
  oldest(count: number): Entry[] {
    return this.#entries.slice(0, count);
  }

  /** Takes out entries that are written, or never can be. */
  remove(entries: readonly Entry[]): void {
    const gone = new Set(entries);
    this.#entries = this.#entries.filter((entry) => {
      if (gone.has(entry)) this.#bodyText -= sizeOf(entry);
      return !gone.has(entry);
    });
  }

  /** Newest first. */
  list(query: CallQuery): CallRow[] {
    const found: CallRow[] = [];
    for (let i = this.#entries.length - 1; i >= 0 && found.length < query.limit; i--) {
      const row = this.#entries[i]?.row;
      if (row && matches(row, query)) found.push(row);
    }
    return found;
  }

  get(id: string): Entry | undefined {
    return this.#entries.find((entry) => entry.row.id === id);
  }

  rows(): CallRow[] {
    return this.#entries.map((entry) => entry.row);
  }
}
