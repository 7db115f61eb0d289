import type { CallFilterQuery, CallQuery } from '../../../contract/call-log.ts';
import { dayOf } from '../registry/lifecycle.ts';
import type { BodyRow, CallRow } from '../database/tables.ts';

/** A finished call on its way to the database. */
export interface Entry {
  readonly row: CallRow;
  readonly bodies: BodyRow | null;
}

const maxCalls = 5000;
/** Characters of bodies (up to 128 kB each). While nothing can be written, only the latest are kept. */
const maxBodyText = 32 * 1024 * 1024;

const sizeOf = ({ bodies }: Entry) =>
  bodies ? bodies.messages.length + bodies.reply.length + (bodies.request?.length ?? 0) : 0;

function matches(row: CallRow, query: Omit<CallQuery, 'limit'>): boolean {
  return (
    (query.before === undefined || row.id < query.before) &&
    (query.ids === undefined || query.ids.includes(row.id)) &&
    (query.provider === undefined || row.provider === query.provider) &&
    (query.module === undefined || row.module === query.module) &&
    (query.model === undefined || row.model === query.model) &&
    (query.status === undefined || row.status === query.status) &&
    (query.mode === undefined || row.mode === query.mode) &&
    (query.ok === undefined || (row.ok === 1) === query.ok) &&
    !(query.ok === false && row.code === 'cancelled') &&
    (query.day === undefined || dayOf(row.at) === query.day) &&
    (query.since === undefined || dayOf(row.at) >= query.since) &&
    (query.until === undefined || dayOf(row.at) <= query.until) &&
    (query.text === undefined || row.search.includes(query.text.toLowerCase()))
  );
}

/** Calls that are not in the database yet, oldest first: the newest 5,000. They can be queried. */
export class MemoryCalls {
  #entries: Entry[] = [];
  #bodyText = 0;
  /** Number of calls dropped because nothing could be written. */
  lost = 0;

  get size(): number {
    return this.#entries.length;
  }

  add(entry: Entry): void {
    this.#entries.push(entry);
    this.#bodyText += sizeOf(entry);
    if (this.#entries.length > maxCalls) this.#drop(this.#entries.length - maxCalls);
    if (this.#bodyText > maxBodyText) this.#dropBodies();
  }

  #drop(count: number): void {
    this.lost += count;
    for (const entry of this.#entries.splice(0, count)) this.#bodyText -= sizeOf(entry);
  }

  /** Drops the bodies of the oldest calls until half of the space is free. */
  #dropBodies(): void {
    this.#entries = this.#entries.map((entry) => {
      if (this.#bodyText <= maxBodyText / 2 || !entry.bodies) return entry;
      this.#bodyText -= sizeOf(entry);
      return { row: entry.row, bodies: null };
    });
  }

  /** The oldest calls, which stay in the list until `remove`. */
  oldest(count: number): readonly Entry[] {
    return this.#entries.slice(0, count);
  }

  /** Removes calls that have been written, or never can be. */
  remove(done: readonly Entry[]): void {
    const ids = new Set(done.map((entry) => entry.row.id));
    this.#entries = this.#entries.filter((entry) => {
      const written = ids.has(entry.row.id);
      if (written) this.#bodyText -= sizeOf(entry);
      return !written;
    });
  }

  /** Calls that pass the filter, oldest first. */
  matching(query: CallFilterQuery): CallRow[] {
    return this.rows().filter((row) => matches(row, query));
  }

  /** One page, newest first. */
  list(query: CallQuery): CallRow[] {
    const { offset = 0, limit } = query;
    return this.matching(query)
      .toReversed()
      .slice(offset, offset + limit);
  }

  get(id: string): Entry | undefined {
    return this.#entries.find((entry) => entry.row.id === id);
  }

  /** Oldest first. */
  rows(): CallRow[] {
    return this.#entries.map((entry) => entry.row);
  }
}
