import { LRUCache } from 'lru-cache';
import type { BodyRow } from '../database/tables.ts';

const maxCalls = 200;
/** Characters of all calls together. */
const maxSize = 16 * 1024 * 1024;

/**
 * Messages and replies of the latest calls of the panel's own window, in memory only, so that they can be
 * replayed without being stored.
 */
export class SessionBodies {
  readonly #calls = new LRUCache<string, { make: () => BodyRow; size: number }>({
    max: maxCalls,
    maxSize,
    maxEntrySize: maxSize / 16,
    sizeCalculation: ({ size }) => Math.max(1, size),
  });

  /**
   * @param size approximate number of characters
   * @param make redacts and truncates the bodies; called only when a user opens the call
   */
  add(id: string, size: number, make: () => BodyRow): void {
    this.#calls.set(id, { make, size });
  }

  get(id: string): BodyRow | null {
    return this.#calls.get(id)?.make() ?? null;
  }
}
