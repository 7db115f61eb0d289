import type { RawEvent } from '../../../adapters/define.ts';
import { isObject } from '../../lib/json.ts';
import { addRange, bytesIn, type ByteRange } from '../../net/events/byte-range.ts';
import { jsonOrUndefined } from '../../net/read-body.ts';

const comment = 0x3a;

export interface PassthroughRules {
  /** Leaves out the chunk that contains only the token counts. */
  hidesUsage: boolean;
  /** Buffers the end mark until the reply has been validated against its schema. */
  keepsEnd: boolean;
}

/** OpenAI's last chunk if token counts were requested: `choices` is empty. */
function isUsageOnly(data: string): boolean {
  // Every chunk of such a stream has a `usage`, so this avoids parsing most of them a second time.
  if (!/"choices"\s*:\s*\[\s*\]/.test(data)) return false;
  const chunk = jsonOrUndefined(data);
  return (
    isObject(chunk) &&
    isObject(chunk['usage']) &&
    Array.isArray(chunk['choices']) &&
    chunk['choices'].length === 0
  );
}

/** Passes a stream's bytes on, event by event, as they arrive. Anything outside an event is dropped. */
export class StreamPassthrough {
  readonly #write: (block: Buffer) => void | Promise<void>;
  readonly #rules: PassthroughRules;
  #held: ByteRange[] = [];
  #ready: ByteRange[] = [];
  /** True once the caller has received an event; another attempt could only repeat it. */
  began = false;

  constructor(write: (block: Buffer) => void | Promise<void>, rules: PassthroughRules) {
    this.#write = write;
    this.#rules = rules;
  }

  #staysHere({ data }: RawEvent): boolean {
    if (data.trim() === '[DONE]') return this.#rules.keepsEnd;
    return this.#rules.hidesUsage && isUsageOnly(data);
  }

  /** A block and the events parsed from it: one, or none for a comment. */
  take(block: ByteRange, events: readonly RawEvent[]): void {
    if (block.from === block.to) return;
    if (events.length > 0 && events.every((event) => this.#staysHere(event))) return;
    if (events.length === 0 && !this.began && block.of[block.from] !== comment)
      return void this.#held.push(block);
    if (events.length > 0) this.began = true;
    for (const held of this.#held) addRange(this.#ready, held);
    addRange(this.#ready, block);
    this.#held = [];
  }

  /** Sends everything taken from one packet together. */
  flush(): void | Promise<void> {
    if (this.#ready.length === 0) return undefined;
    const blocks = this.#ready;
    this.#ready = [];
    return this.#write(bytesIn(blocks));
  }
}
