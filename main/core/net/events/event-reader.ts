import { isAscii } from 'node:buffer';
import type { RawEvent } from '../../../adapters/define.ts';
import type { ByteRange } from './byte-range.ts';
import { EventBlocks } from './event-blocks.ts';
import { createFramer, type Framer } from './framing.ts';

/** Bytes that arrived, and the events that they complete: one, or none where they are a comment. */
export interface ReadPiece {
  bytes: ByteRange;
  events: RawEvent[];
}

/** So much of a body that holds no event is kept to be shown. */
const keptHead = 4000;
const nothing = { of: Buffer.alloc(0), from: 0, to: 0 };
const dataMark = 'data: ';

/** An event of one `data: ` line, which nearly all are, without a parser. `text` is that of the whole buffer. */
function plainEvent(text: string, from: number, to: number): RawEvent | undefined {
  const end = to - 2;
  if (!text.startsWith(dataMark, from) || text.indexOf('\n', from) !== end) return undefined;
  return text[end - 1] === '\r' ? undefined : { data: text.slice(from + dataMark.length, end) };
}

/** Cuts a stream's bytes into events, and says which bytes each came from. */
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

  /** @throws TransportError `provider_reply_too_large` for an event without an end in sight */
  push(chunk: Buffer): ReadPiece[] {
    if (!this.#blocks)
      return [{ bytes: { of: chunk, from: 0, to: chunk.length }, events: this.#read(chunk) }];
    // Where each byte is a letter, the packet's text is made once and its events are cut out of it.
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

  /** What the stream still held; `head` is the beginning of a body in which there was no event at all, else null. */
  end(): ReadPiece & { head: string | null } {
    const rest = this.#blocks?.rest() ?? nothing;
    const early = this.#read(rest.of.subarray(rest.from, rest.to));
    const last = this.#framer.end();
    const events = [...early, ...last.events];
    const none = this.#count + last.events.length === 0 && !last.cut && this.#head.trim() !== '';
    return { bytes: last.cut ? nothing : rest, events, head: none ? this.#head : null };
  }
}
