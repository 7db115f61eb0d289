import { encodingFamily, type EncodingFamily } from './encoding-names.ts';

// Big5-HKSCS encodes each of these sequences of two code points as one character of two bytes.
const big5Pairs = new Set([0x8862, 0x8864, 0x88a3, 0x88a5]);

/** The length in bytes of the character at `at`, by its lead byte. The bytes must be valid. */
export function characterLength(bytes: Uint8Array, at: number, family: EncodingFamily): number {
  const lead = bytes[at] ?? 0;
  switch (family) {
    case 'utf8':
      return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    case 'utf16le':
    case 'utf16be':
      return 2;
    case 'shift_jis':
      return (lead >= 0x81 && lead <= 0x9f) || (lead >= 0xe0 && lead <= 0xfc) ? 2 : 1;
    case 'euc-jp':
      return lead === 0x8f ? 3 : lead === 0x8e || (lead >= 0xa1 && lead <= 0xfe) ? 2 : 1;
    case 'two-byte':
      return lead >= 0x81 && lead <= 0xfe ? 2 : 1;
    case 'gb18030': {
      if (lead < 0x81 || lead > 0xfe) return 1;
      const second = bytes[at + 1] ?? 0;
      return second >= 0x30 && second <= 0x39 ? 4 : 2;
    }
    case 'single-byte':
      return 1;
  }
}

/**
 * Converts text offsets to byte offsets, in one pass.
 * @param bytes the file, including its byte order mark
 * @param text the decoded bytes, without the mark
 * @param encoding in the spelling of `canonicalEncoding`
 * @param offsets into `text`, in UTF-16 units, ascending
 * @param start length of the byte order mark
 * @returns byte offsets, in the order of `offsets`
 */
export function byteOffsets(
  bytes: Uint8Array,
  text: string,
  encoding: string,
  offsets: readonly number[],
  start = 0,
): number[] {
  const family = encodingFamily(encoding);
  if (family === 'single-byte') return offsets.map((offset) => start + offset);
  if (family === 'utf16le' || family === 'utf16be') return offsets.map((offset) => start + 2 * offset);
  const result: number[] = Array.from({ length: offsets.length }, () => 0);
  let at = start;
  let unit = 0;
  for (const [index, offset] of offsets.entries()) {
    while (unit < offset) {
      const code = text.charCodeAt(unit);
      // ASCII takes one byte in all of the remaining encodings.
      if (code < 0x80) {
        at += 1;
        unit += 1;
        continue;
      }
      const length = characterLength(bytes, at, family);
      const isPair =
        (code >= 0xd800 && code <= 0xdbff) ||
        (encoding === 'big5' && big5Pairs.has((bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0)));
      at += length;
      unit += isPair ? 2 : 1;
    }
    result[index] = at;
  }
  return result;
}
