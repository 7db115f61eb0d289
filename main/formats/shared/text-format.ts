import type { ByteSpan, Format, FormatOptions, Unit, WriteProblem } from '../define.ts';
import { FormatError } from '../define.ts';
import { byteOffsets } from '../encoding/byte-offsets.ts';
import { encodeText } from '../encoding/encode-text.ts';
import { readText, type FileText } from './read-text.ts';

/** Why a text cannot be written into a file of this format. */
export class WriteFault {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** What a scanner found in a file's text. The three lists belong together by index. */
export interface Scan {
  units: Unit[];
  /** Where a translation of `units[i]` goes, in UTF-16 units of the text: ascending, and no two overlap. */
  starts: number[];
  ends: number[];
  warnings: string[];
  /** What stands between `starts[index]` and `ends[index]` once the unit is translated. */
  render(index: number, target: string): string | WriteFault;
}

export interface TextFormat {
  name: string;
  label: string;
  /** The file has a place for the translation beside the source. Otherwise the translation replaces the source. */
  keepsSource: boolean;
  detect(path: string, head: Uint8Array): number;
  /** @throws FormatError */
  scan(text: string, options: FormatOptions, path: string): Scan;
  /** The encoding that the file names itself (gettext's `charset`), if it does. */
  declaredEncoding?(bytes: Uint8Array): string | undefined;
}

/**
 * A format whose files are text and whose translations replace spans of it. The scanner sees text and never bytes:
 * encoding, byte order mark and everything outside of the spans are kept here, once for all formats.
 */
export function textFormat(format: TextFormat): Format {
  const open = (bytes: Uint8Array, path: string, options: FormatOptions = {}) => {
    const file = readText(bytes, options.encoding, format.declaredEncoding?.(bytes));
    const scan = format.scan(file.text, options, path);
    return { file, scan, spans: byteSpans(bytes, file, scan) };
  };
  return {
    name: format.name,
    label: format.label,
    detect: (path, head) => format.detect(path, head),
    read(bytes, path, options) {
      const { file, scan, spans } = open(bytes, path, options);
      return {
        units: scan.units,
        spans,
        encoding: { name: file.encoding, byteOrderMark: file.markLength > 0 },
        warnings: [...file.warnings, ...scan.warnings],
      };
    },
    write(bytes, path, targets, options) {
      const { file, scan, spans } = open(bytes, path, options);
      return replaceSpans(bytes, file, scan, spans, targets, format.keepsSource);
    },
  };
}

function byteSpans(bytes: Uint8Array, file: FileText, scan: Scan): ByteSpan[] {
  const offsets: number[] = [];
  for (const [index, start] of scan.starts.entries()) offsets.push(start, scan.ends[index] ?? start);
  const found = byteOffsets(bytes, file.text, file.encoding, offsets, file.markLength);
  return scan.units.map((_, index) => ({ from: found[2 * index] ?? 0, to: found[2 * index + 1] ?? 0 }));
}

function replaceSpans(
  bytes: Uint8Array,
  file: FileText,
  scan: Scan,
  spans: readonly ByteSpan[],
  targets: ReadonlyMap<string, string>,
  keepsSource: boolean,
): { bytes: Uint8Array; problems: WriteProblem[] } {
  const problems: WriteProblem[] = [];
  const output = new ByteOutput(bytes.length);
  let at = 0;
  let found = 0;
  for (const [index, unit] of scan.units.entries()) {
    const target = targets.get(unit.key);
    const span = spans[index];
    if (target === undefined || span === undefined) continue;
    found += 1;
    // The same text again keeps the file's own spelling of it.
    if (target === (keepsSource ? unit.target : unit.source) && unit.fuzzy !== true) continue;
    const piece = encodeTarget(scan.render(index, target), file.encoding, unit.key);
    if ('code' in piece) {
      problems.push(piece);
      continue;
    }
    output.add(bytes.subarray(at, span.from));
    output.add(piece.bytes);
    at = span.to;
  }
  if (found < targets.size) problems.push(...missingUnits(scan.units, targets));
  output.add(bytes.subarray(at));
  return { bytes: output.bytes(), problems };
}

function encodeTarget(
  text: string | WriteFault,
  encoding: string,
  key: string,
): { bytes: Uint8Array } | WriteProblem {
  if (text instanceof WriteFault) return { key, code: 'syntax', message: text.message };
  const encoded = encodeText(text, encoding);
  if ('bytes' in encoded) return encoded;
  const message =
    `“${encoded.unencodable}” cannot be written in ${encoding}, the file's encoding. ` +
    'The original text stays; use another letter or convert the file.';
  return { key, code: 'unencodable', message };
}

function missingUnits(units: readonly Unit[], targets: ReadonlyMap<string, string>): WriteProblem[] {
  const known = new Set(units.map((unit) => unit.key));
  return [...targets.keys()]
    .filter((key) => !known.has(key))
    .map((key) => ({ key, code: 'missing_unit', message: 'The file has no such text any more.' }));
}

/** Bytes that grow at their end: a million small pieces in a list would take more memory than the file. */
class ByteOutput {
  #buffer: Uint8Array;
  #length = 0;

  constructor(expected: number) {
    this.#buffer = new Uint8Array(Math.ceil(expected * 1.25) + 64);
  }

  add(piece: Uint8Array): void {
    const needed = this.#length + piece.length;
    if (needed > this.#buffer.length) {
      const larger = new Uint8Array(Math.ceil(needed * 1.5));
      larger.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = larger;
    }
    this.#buffer.set(piece, this.#length);
    this.#length = needed;
  }

  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }
}

/** Stops reading: says what is wrong at a text offset and in which line that is. */
export function failAt(text: string, offset: number, message: string): never {
  const line = lineAt(text, offset);
  throw new FormatError(`Line ${line}: ${message}`, line);
}

/** The 1-based line of a text offset; `\r\n`, `\n` and `\r` each end one. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = 0; at < offset && at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) line += 1;
  }
  return line;
}
