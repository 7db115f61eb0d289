import type { ByteRange } from './byte-range.ts';
import { maxEventBytes, tooLong } from './framing.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const nothing = Buffer.alloc(0);

/**
 * Splits the bytes of a server-sent event stream after each blank line. Concatenated, the blocks are the
 * original bytes.
 */
export class EventBlocks {
  #pieces: Buffer[] = [];
  #size = 0;
  /** How much of the current line has arrived, and how that part ended. */
  #line = 0;
  #last = 0;

  /**
   * Takes the next bytes and returns the blocks that they complete: each is an event or a comment with its
   * blank line.
   * @throws TransportError `provider_reply_too_large`
   */
  push(chunk: Buffer): ByteRange[] {
    const blocks: ByteRange[] = [];
    let from = 0;
    let lineFrom = 0;
    for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, lineFrom)) {
      const length = this.#line + at - lineFrom;
      const last = at > lineFrom ? chunk[at - 1] : this.#last;
      lineFrom = at + 1;
      this.#line = 0;
      if (length > 1 || (length === 1 && last !== carriageReturn)) continue;
      blocks.push(this.#complete(chunk, from, lineFrom));
      from = lineFrom;
    }
    this.#line += chunk.length - lineFrom;
    this.#last = chunk.at(-1) ?? this.#last;
    if (from < chunk.length) this.#keep(chunk.subarray(from));
    return blocks;
  }

  /** The end of the stream without a final blank line; empty if there was none. */
  rest(): ByteRange {
    return this.#complete(nothing, 0, 0);
  }

  #keep(piece: Buffer): void {
    this.#pieces.push(piece);
    this.#size += piece.length;
    if (this.#size > maxEventBytes) throw tooLong();
  }

  #complete(chunk: Buffer, from: number, to: number): ByteRange {
    if (this.#pieces.length === 0) return { of: chunk, from, to };
    const block = Buffer.concat([...this.#pieces, chunk.subarray(from, to)]);
    this.#pieces = [];
    this.#size = 0;
    return { of: block, from: 0, to: block.length };
  }
}
