import type { JsonObject } from '../../protocols/define.ts';
import { isObject } from '../../protocols/shared/reader.ts';

const maxItems = 2000;
const maxBytes = 16 * 1024 * 1024;

/**
 * The output items of the latest Responses replies, by id, for clients that refer to stored replies. In
 * memory only, limited in number and size (bytes of JSON); the oldest are dropped first. An id has 128 random
 * bits, so only a client that received it can know it.
 */
export class ResponseItems {
  readonly #items = new Map<string, { item: JsonObject; bytes: number }>();
  #bytes = 0;

  get(id: string): JsonObject | undefined {
    return this.#items.get(id)?.item;
  }

  /** Stores the items of a `response` object; other values are ignored. */
  keep(response: unknown): void {
    const output = isObject(response) ? response['output'] : undefined;
    if (!Array.isArray(output)) return;
    for (const item of output as unknown[])
      if (isObject(item) && typeof item['id'] === 'string') this.#add(item['id'], item);
  }

  #add(id: string, item: JsonObject): void {
    const bytes = JSON.stringify(item).length;
    this.#bytes += bytes;
    this.#items.set(id, { item, bytes });
    for (const [oldest, { bytes: freed }] of this.#items) {
      if (this.#items.size <= maxItems && this.#bytes <= maxBytes) return;
      this.#items.delete(oldest);
      this.#bytes -= freed;
    }
  }
}
