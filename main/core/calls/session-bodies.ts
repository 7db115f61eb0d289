import { LRUCache } from 'lru-cache';
import type { BodyRow } from '../database/tables.ts';

const maxCalls = 200;
/** Characters of all calls together. */
const maxSize = 16 * 1024 * 1024;

/**
 * Messages and replies of the latest calls of the panel's own window, in memory and for as long as it runs: such a call can be
 * made again without anything being written down.
 */
export class SessionBodies {
  readonly #calls = new LRUCache<string, { make: () => BodyRow; size: number }>({
    max: maxCalls,
    maxSize,
    maxEntrySize: maxSize / 16,
    sizeCalculation: ({ size }) => Math.max(1, size),
  });

  /**
   * @param size characters, roughly
   * @param make cuts secrets out and limits the length; only done for a call that somebody looks at
   */
  add(id: string, size: number, make: () => BodyRow): void {
    this.#calls.set(id, { make, size });
  }

  get(id: string): BodyRow | null {
    return this.#calls.get(id)?.make() ?? null;
  }
}
