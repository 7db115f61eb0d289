import type { FileFault } from '../file-fault.ts';
import type { FileWarning } from '../file-warning.ts';
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

/** The units of a file's text and their spans. The entries of `units`, `starts` and `ends` correspond by index. */
export class Scan {
  readonly units: Unit[] = [];
  /** The span that a translation of `units[i]` replaces, in UTF-16 units. Spans ascend and do not overlap. */
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  readonly warnings: FileWarning[] = [];
  /** The text that replaces the span of `units[index]` for this translation. */
  readonly render: (index: number, target: string) => string | WriteFault;

  constructor(render: Scan['render']) {
    this.render = render;
  }

  add(unit: Unit, from: number, to: number): void {
    this.units.push(unit);
    this.starts.push(from);
    this.ends.push(to);
  }
}

export interface TextFormat {
  name: string;
  label: string;
  /** The file stores the translation beside the source. Otherwise the translation replaces the source. */
  keepsSource: boolean;
  detect(path: string, head: Uint8Array): number;
  /** @throws FormatError */
  scan(text: string, options: FormatOptions, path: string): Scan;
  /** The encoding that the file declares, such as gettext's `charset`. */
  declaredEncoding?(bytes: Uint8Array): string | undefined;
}

/**
 * A format whose files are text and whose translations replace spans of that text. Scanners work on decoded text; this
 * function handles encodings and byte order marks, and copies the bytes outside of the spans.
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
  const inBytes = byteOffsets(bytes, file.text, file.encoding, offsets, file.markLength);
  return scan.units.map((_, index) => ({ from: inBytes[2 * index] ?? 0, to: inBytes[2 * index + 1] ?? 0 }));
}

function replaceSpans(
  bytes: Uint8Array,
  file: FileText,
  scan: Scan,
  spans: readonly ByteSpan[],
  targets: ReadonlyMap<string, string>,
  keepsSource: boolean,
): { bytes: Uint8Array; problems: WriteProblem[] } {
  let problems: WriteProblem[] = [];
  const output = new ByteOutput(bytes.length);
  let at = 0;
  let matched = 0;
  for (const [index, unit] of scan.units.entries()) {
    const target = targets.get(unit.key);
    const span = spans[index];
    if (target === undefined || span === undefined) continue;
    matched += 1;
    // An unchanged text keeps the file's own escapes and quotes.
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
  if (matched < targets.size) problems = problems.concat(missingUnits(scan.units, targets));
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
    'The original text stays. Use another letter, or convert the file.';
  return { key, code: 'unencodable', message, letter: { text: encoded.unencodable, encoding } };
}

function missingUnits(units: readonly Unit[], targets: ReadonlyMap<string, string>): WriteProblem[] {
  const known = new Set(units.map((unit) => unit.key));
  return [...targets.keys()]
    .filter((key) => !known.has(key))
    .map((key) => ({ key, code: 'missing_unit', message: 'The file no longer has this text.' }));
}

/** A growing buffer. A list of a million small pieces would take more memory than the file. */
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

/** @throws FormatError with the line of the text offset */
export function failAt(text: string, offset: number, fault: (line: number) => FileFault): never {
  throw new FormatError(fault(lineAt(text, offset)));
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
