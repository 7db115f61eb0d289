import { isAscii } from 'node:buffer';
import type { RawEvent } from '../../../adapters/define.ts';
import type { ByteRange } from './byte-range.ts';
import { EventBlocks } from './event-blocks.ts';
import { createFramer, type Framer } from './framing.ts';

/** A block of bytes and the events parsed from it: one, or none for a comment. */
export interface ReadPiece {
  bytes: ByteRange;
  events: RawEvent[];
}

/** How much of a body without events is kept for error messages. */
const keptHead = 4000;
const nothing = { of: Buffer.alloc(0), from: 0, to: 0 };
const dataMark = 'data: ';

/**
 * Reads an event of a single `data: ` line, the usual case, without a parser. `text` is the text of the whole
 * buffer.
 */
function plainEvent(text: string, from: number, to: number): RawEvent | undefined {
  const end = to - 2;
  if (!text.startsWith(dataMark, from) || text.indexOf('\n', from) !== end) return undefined;
  return text[end - 1] === '\r' ? undefined : { data: text.slice(from + dataMark.length, end) };
}

/** Splits a stream's bytes into events, and reports the bytes of each event. */
export class EventReader {
  readonly #framer: Framer;
  readonly #blocks: EventBlocks | undefined;
  readonly #decoder = new TextDecoder();
  #count = 0;
  #head = '';

  constructor(framing: 'sse' | 'ndjson') {
    this.#framer = createFramer(framing);
    this.#blocks = framing === 'sse' ? new EventBlocks() : undefined;
  }

  /** @throws TransportError `provider_reply_too_large` for an event that does not end */
  push(chunk: Buffer): ReadPiece[] {
    if (!this.#blocks)
      return [{ bytes: { of: chunk, from: 0, to: chunk.length }, events: this.#read(chunk) }];
    // If all bytes are ASCII, the packet is decoded once and events are slices of it.
    const text = this.#count > 0 && isAscii(chunk) ? chunk.toString('latin1') : undefined;
    return this.#blocks.push(chunk).map((bytes) => {
      const { of, from, to } = bytes;
      const plain = text !== undefined && of === chunk ? plainEvent(text, from, to) : undefined;
      if (plain) this.#count++;
      return { bytes, events: plain ? [plain] : this.#read(of.subarray(from, to)) };
    });
  }

  #read(bytes: Buffer): RawEvent[] {
    const text = this.#decoder.decode(bytes, { stream: true });
    if (this.#count === 0 && this.#head.length < keptHead) this.#head += text;
    const events = this.#framer.push(text);
    this.#count += events.length;
    return events;
  }

  /** What remained in the stream. `head` is the beginning of a body without any event, else null. */
  end(): ReadPiece & { head: string | null } {
    const rest = this.#blocks?.rest() ?? nothing;
    const early = this.#read(rest.of.subarray(rest.from, rest.to));
    const last = this.#framer.end();
    const events = [...early, ...last.events];
    const none = this.#count + last.events.length === 0 && !last.cut && this.#head.trim() !== '';
    return { bytes: last.cut ? nothing : rest, events, head: none ? this.#head : null };
  }
}
