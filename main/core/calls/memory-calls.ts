import type { CallQuery } from '../../../contract/call-log.ts';
import { dayOf } from '../registry/lifecycle.ts';
import { CallPack, type Entry } from './call-pack.ts';
import { giveBack } from './pack-buffers.ts';
import type { BodyRow, CallRow } from '../database/tables.ts';

const packSize = 100;
const maxCalls = 5000;
/** Characters of bodies, which are up to 128 kB each: while nothing can be written, only the latest ones are kept. */
const maxBodyText = 32 * 1024 * 1024;

const sizeOf = ({ messages, reply, request }: BodyRow) =>
  messages.length + reply.length + (request?.length ?? 0);
const sizeOfAll = (bodies: readonly BodyRow[]) => bodies.reduce((sum, one) => sum + sizeOf(one), 0);

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
    (query.since === undefined || dayOf(row.at) >= query.since) &&
    (query.until === undefined || dayOf(row.at) <= query.until) &&
    (query.text === undefined || row.search.includes(query.text.toLowerCase()))
  );
}

/** Calls that are in no database yet: the newest 5,000, which can be asked for all the same. */
export class MemoryCalls {
  #packs: CallPack[] = [];
  /** The latest ones, not packed yet. */
  #loose: Entry[] = [];
  #packed = 0;
  #bodyText = 0;
  /** Calls that were let go because nothing could be written. */
  lost = 0;

  get size(): number {
    return this.#packed + this.#loose.length;
  }

  add(entry: Entry): void {
    this.#loose.push(entry);
    if (entry.bodies) this.#bodyText += sizeOf(entry.bodies);
    if (this.#loose.length >= packSize) this.#pack();
    if (this.#bodyText > maxBodyText) this.#dropBodies();
  }

  #pack(): void {
    const pack = new CallPack(this.#loose);
    this.#loose = [];
    this.#packs.push(pack);
    this.#packed += pack.size;
    while (this.#packed > maxCalls) this.#lose();
  }

  /** Its memory is not used again: a write that hangs may still read it. */
  #lose(): void {
    const oldest = this.#packs.shift();
    if (!oldest) return;
    this.#forget(oldest);
    this.lost += oldest.size;
  }

  #forget(pack: CallPack): void {
    this.#packed -= pack.size;
    this.#bodyText -= sizeOfAll(pack.bodies);
  }

  #dropBodies(): void {
    if (this.#loose.length) this.#pack();
    for (const pack of this.#packs) {
      if (this.#bodyText <= maxBodyText / 2) return;
      this.#bodyText -= sizeOfAll(pack.bodies);
      pack.bodies = [];
    }
  }

  /** The oldest ones, `count` or a few more, left where they are until `remove`. */
  oldest(count: number): CallPack[] {
    if (this.#packed < count && this.#loose.length) this.#pack();
    let before = 0;
    const end = this.#packs.findIndex((pack) => (before += pack.size) >= count);
    return end < 0 ? [...this.#packs] : this.#packs.slice(0, end + 1);
  }

  /** Takes out what is written, or never can be. */
  remove(packs: readonly CallPack[]): void {
    this.#packs = this.#packs.filter((pack) => {
      if (!packs.includes(pack)) return true;
      this.#forget(pack);
      giveBack(pack.text);
      return false;
    });
  }

  /** Newest first. */
  list(query: CallQuery): CallRow[] {
    return this.rows()
      .filter((row) => matches(row, query))
      .reverse()
      .slice(0, query.limit);
  }

  get(id: string): { row: CallRow; bodies: BodyRow | null } | undefined {
    const row = this.rows().find((one) => one.id === id);
    const all = [
      ...this.#packs.flatMap((pack) => pack.bodies),
      ...this.#loose.flatMap((one) => one.bodies ?? []),
    ];
    return row && { row, bodies: all.find((one) => one.id === id) ?? null };
  }

  /** Oldest first. */
  rows(): CallRow[] {
    return [...this.#packs.flatMap((pack) => pack.rows), ...this.#loose.map((entry) => entry.row)];
  }
}
