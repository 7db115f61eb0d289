/** Code points that a font has, `from` and `to` inclusive. */
interface Range {
  from: number;
  to: number;
}

/**
 * The letters of `texts` that a font has no glyph for, in the order in which they first occur. A game shows them as boxes.
 * Text tags and interpolations are ignored, since they are not drawn.
 *
 * Reads only the font's character map, so damage in other tables does not matter.
 * @param font a TrueType or OpenType file (`.ttf`, `.otf`), or a collection (`.ttc`), of which the first font is used
 * @returns null if the file is not such a font
 */
export function missingCharacters(font: Uint8Array, texts: Iterable<string>): string[] | null {
  const ranges = fontRanges(font);
  if (ranges === null) return null;
  const missing = new Set<string>();
  const known = new Set<string>();
  for (const text of texts) {
    for (const char of shownText(text)) {
      if (known.has(char)) continue;
      known.add(char);
      const code = char.codePointAt(0)!;
      if (!isInvisible(char) && !ranges.some(({ from, to }) => code >= from && code <= to)) missing.add(char);
    }
  }
  return [...missing];
}

/** A text without its tags and interpolations. A doubled bracket or percent sign is one character. */
function shownText(text: string): string {
  return text.replace(
    /\{\{|\[\[|%%|\{[^{}]*\}|\[[^[\]]*(?:\[[^[\]]*\][^[\]]*)*\]|%\([^)]*\)[a-z]/gu,
    (part) => (part === '{{' || part === '[[' || part === '%%' ? part[0]! : ''),
  );
}

/** White space, control and joining characters need no glyph. */
function isInvisible(char: string): boolean {
  return /[\p{White_Space}\p{Cc}\p{Cf}\p{Variation_Selector}]/u.test(char);
}

function fontRanges(bytes: Uint8Array): Range[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const cmap = findCharacterMap(view);
    return cmap === null ? null : readBestSubtable(view, cmap);
  } catch (error) {
    // A table goes beyond the end of the file.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The offset of the table `cmap`. Formats: OpenType specification, "Organization of an OpenType font". */
function findCharacterMap(view: DataView): number | null {
  const tag = (offset: number) => view.getUint32(offset);
  const start = tag(0) === 0x74746366 ? view.getUint32(12) : 0;
  if (![0x00010000, 0x4f54544f, 0x74727565].includes(tag(start))) return null;
  const tables = view.getUint16(start + 4);
  for (let index = 0; index < tables; index += 1) {
    const record = start + 12 + index * 16;
    if (tag(record) === 0x636d6170) return view.getUint32(record + 8);
  }
  return null;
}

/** Unicode subtables in order of preference: all planes first, then only the first plane. */
const PREFERRED = ['3.10', '0.6', '0.4', '3.1', '0.3', '0.2', '0.1', '0.0'];

function readBestSubtable(view: DataView, cmap: number): Range[] | null {
  const offsets = new Map<string, number>();
  const count = view.getUint16(cmap + 2);
  for (let index = 0; index < count; index += 1) {
    const record = cmap + 4 + index * 8;
    const name = `${view.getUint16(record)}.${view.getUint16(record + 2)}`;
    offsets.set(name, cmap + view.getUint32(record + 4));
  }
  for (const name of PREFERRED) {
    const offset = offsets.get(name);
    const ranges = offset === undefined ? null : readSubtable(view, offset);
    if (ranges !== null) return ranges;
  }
  return null;
}

function readSubtable(view: DataView, at: number): Range[] | null {
  const format = view.getUint16(at);
  if (format === 4) return readSegments(view, at);
  if (format === 6) {
    const first = view.getUint16(at + 6);
    const count = view.getUint16(at + 8);
    return codes(count, (index) => (view.getUint16(at + 10 + index * 2) === 0 ? null : first + index));
  }
  if (format !== 12 && format !== 13) return null;
  const groups = view.getUint32(at + 12);
  if (groups > view.byteLength / 12) return null;
  return Array.from({ length: groups }, (_, index) => {
    const group = at + 16 + index * 12;
    // Glyph 0 means “missing”: a group that begins with it has no glyph for its first letter.
    const skipped = view.getUint32(group + 8) === 0 ? 1 : 0;
    return { from: view.getUint32(group) + skipped, to: view.getUint32(group + 4) };
  });
}

/** Format 4: segments of the first plane, with a delta or with a glyph number for each code. */
function readSegments(view: DataView, at: number): Range[] {
  const segmentBytes = view.getUint16(at + 6);
  const ends = at + 14;
  const starts = ends + segmentBytes + 2;
  const ranges: Range[] = [];
  for (let offset = 0; offset < segmentBytes; offset += 2) {
    const to = view.getUint16(ends + offset);
    const from = view.getUint16(starts + offset);
    const delta = view.getUint16(starts + segmentBytes + offset);
    const rangeAt = starts + segmentBytes * 2 + offset;
    const rangeOffset = view.getUint16(rangeAt);
    if (from === 0xffff) continue;
    const covered = codes(to - from + 1, (index) => {
      const glyph = rangeOffset === 0 ? from + index : glyphAt(view, rangeAt + rangeOffset + index * 2);
      const missing = rangeOffset === 0 ? ((glyph + delta) & 0xffff) === 0 : glyph === 0;
      return missing ? null : from + index;
    });
    ranges.push(...covered);
  }
  return ranges;
}

function glyphAt(view: DataView, offset: number): number {
  return offset + 2 <= view.byteLength ? view.getUint16(offset) : 0;
}

/** Joins the codes of `codeOf(0)` to `codeOf(count - 1)` into ranges, without nulls. */
function codes(count: number, codeOf: (index: number) => number | null): Range[] {
  const ranges: Range[] = [];
  for (let index = 0; index < count; index += 1) {
    const code = codeOf(index);
    if (code === null) continue;
    const last = ranges.at(-1);
    if (last !== undefined && last.to === code - 1) last.to = code;
    else ranges.push({ from: code, to: code });
  }
  return ranges;
}
