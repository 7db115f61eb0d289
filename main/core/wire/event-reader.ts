import type { RawEvent } from '../../adapters/define.ts';
import { EventBlocks } from './event-blocks.ts';
import { createFramer, type Framer } from './framing.ts';

/** Bytes that arrived, and the events that they complete: one, or none where they are a comment. */
export interface ReadPiece {
  bytes: Buffer;
  events: RawEvent[];
}

/** So much of a body that holds no event is kept to be shown. */
const keptHead = 4000;
const nothing = Buffer.alloc(0);
const dataMark = Buffer.from('data: ');
const lineFeed = 0x0a;

/** An event of one `data: ` line, which nearly all are, without a parser. */
function plainEvent(block: Buffer): RawEvent | undefined {
  const end = block.length - 2;
  if (end < dataMark.length || block.indexOf(lineFeed) !== end) return undefined;
  if (block.compare(dataMark, 0, dataMark.length, 0, dataMark.length) !== 0) return undefined;
  if (block[end - 1] === 0x0d) return undefined;
  return { data: block.toString('utf8', dataMark.length, end) };
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

  /** @throws WireFailure `provider_reply_too_large` for an event without an end in sight */
  push(chunk: Buffer): ReadPiece[] {
    if (!this.#blocks) return [{ bytes: chunk, events: this.#read(chunk) }];
    return this.#blocks.push(chunk).map((bytes) => {
      const plain = this.#count > 0 ? plainEvent(bytes) : undefined;
      if (plain) this.#count++;
      return { bytes, events: plain ? [plain] : this.#read(bytes) };
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
    const early = this.#read(rest);
    const last = this.#framer.end();
    const events = [...early, ...last.events];
    const none = this.#count + last.events.length === 0 && !last.cut && this.#head.trim() !== '';
    return { bytes: last.cut ? nothing : rest, events, head: none ? this.#head : null };
  }
}
