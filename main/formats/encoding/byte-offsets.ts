import { encodingFamily, type EncodingFamily } from './encoding-names.ts';

// Big5-HKSCS writes these two-letter sequences as one character of two bytes.
const big5Pairs = new Set([0x8862, 0x8864, 0x88a3, 0x88a5]);

/** How many bytes the character at `at` takes, by its lead byte. The bytes must decode without a fault. */
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
 * Where text offsets are in the bytes that the text was decoded from. One pass over both.
 * @param bytes the file, mark included
 * @param text what those bytes decode to, without the mark
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
  const found: number[] = Array.from({ length: offsets.length }, () => 0);
  let at = start;
  let unit = 0;
  for (const [index, offset] of offsets.entries()) {
    while (unit < offset) {
      const code = text.charCodeAt(unit);
      // Most of a file is ASCII, and takes one byte in every encoding that is left.
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
    found[index] = at;
  }
  return found;
}
