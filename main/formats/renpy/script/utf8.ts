import { fileFault } from '../../file-fault.ts';
import { FormatError, type ByteSpan } from '../../define.ts';

const MARK = [0xef, 0xbb, 0xbf];

/** A script as text, without its byte order mark. Positions in the text are UTF-16 indices. */
export interface DecodedScript {
  text: string;
  byteOrderMark: boolean;
}

/**
 * Decodes a script as Ren'Py does: UTF-8, with or without a byte order mark.
 * @throws FormatError with the line of a byte that is not valid UTF-8
 */
export function decodeScript(bytes: Uint8Array): DecodedScript {
  const byteOrderMark = MARK.every((byte, index) => bytes[index] === byte);
  const body = byteOrderMark ? bytes.subarray(MARK.length) : bytes;
  const text = decode(body);
  if (text !== null) return { text, byteOrderMark };
  let line = 1;
  for (let from = 0; from < body.length; line += 1) {
    const feed = body.indexOf(0x0a, from);
    const to = feed === -1 ? body.length : feed + 1;
    if (decode(body.subarray(from, to)) === null) break;
    from = to;
  }
  const message = `Line ${line} is not UTF-8, the encoding of Ren'Py scripts. Save the file as UTF-8 and import it again.`;
  throw new FormatError(fileFault('renpy_utf8', { line }, message));
}

export function encodeScript(text: string, byteOrderMark: boolean): Uint8Array {
  return new TextEncoder().encode(byteOrderMark ? `\ufeff${text}` : text);
}

/** False for a text with half of a surrogate pair, which UTF-8 cannot encode. */
export function isEncodable(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

/** Converts spans of the decoded text to spans of the file's bytes, in one pass. */
export function toByteSpans(script: DecodedScript, spans: readonly ByteSpan[]): ByteSpan[] {
  const { text } = script;
  const offsets = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  const bytesAt = new Map<number, number>();
  let index = 0;
  let byte = script.byteOrderMark ? MARK.length : 0;
  for (const offset of offsets) {
    for (; index < offset; index += 1) byte += utf8Length(text.charCodeAt(index));
    bytesAt.set(offset, byte);
  }
  return spans.map(({ from, to }) => ({ from: bytesAt.get(from)!, to: bytesAt.get(to)! }));
}

/** The UTF-8 bytes of a UTF-16 unit. Each half of a surrogate pair counts as two of the pair's four bytes. */
function utf8Length(unit: number): number {
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  return unit >= 0xd800 && unit <= 0xdfff ? 2 : 3;
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
