import { readFileSync, readdirSync, statSync } from 'node:fs';
import type { CodedText, TextDetail } from '../../../../contract/coded-texts.ts';
import { codedText, detailOf } from '../coded-text.ts';

/** How a text is stored in its file; `mark` says whether the file begins with a byte order mark. */
export interface TextEncoding {
  name: 'utf8' | 'utf16le' | 'utf16be';
  mark: boolean;
}

export const utf8: TextEncoding = { name: 'utf8', mark: false };

/** What is wrong with a file, in English and as a code of `file_problem`. */
export interface FileFault {
  problem: string;
  detail: TextDetail;
}

export const fileFault = (text: CodedText<'file_problem'>): FileFault => ({
  problem: text.message,
  detail: detailOf(text),
});

export type TextFile =
  | { state: 'missing' }
  /** The file exists but cannot be read now. Its content is unknown, so it is never treated as broken. */
  | ({ state: 'unreadable' } & FileFault)
  /** The file was read, or its size is known, and it is not a text that we accept. */
  | ({ state: 'unusable' } & FileFault)
  | { state: 'read'; text: string; encoding: TextEncoding };

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? String(error);
/** No file can have a NUL in its name. */
const missingCodes = ['ENOENT', 'ERR_INVALID_ARG_VALUE'];

const marks: { name: TextEncoding['name']; bytes: number[] }[] = [
  { name: 'utf8', bytes: [0xef, 0xbb, 0xbf] },
  { name: 'utf16le', bytes: [0xff, 0xfe] },
  { name: 'utf16be', bytes: [0xfe, 0xff] },
];

function encodingOf(bytes: Uint8Array): TextEncoding {
  const found = marks.find((mark) => mark.bytes.every((byte, at) => bytes[at] === byte));
  return found ? { name: found.name, mark: true } : utf8;
}

const cannotRead = (code: string) =>
  fileFault(codedText('file_problem', 'cannot_read', { code }, `cannot be read (${code})`));

/** The position of the first character that is not UTF-8. */
function firstNotUtf8(bytes: Uint8Array): number {
  const begin = (length: number) =>
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, length), {
      stream: true,
    });
  let [good, bad] = [0, bytes.length + 1];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    try {
      begin(middle);
      good = middle;
    } catch {
      bad = middle;
    }
  }
  // Excludes an incomplete character at the end.
  return Buffer.byteLength(begin(good));
}

/**
 * Decodes bytes: UTF-8 with or without its mark, UTF-16 with its mark. Anything else is rejected with the
 * position.
 */
export function decodeText(bytes: Buffer): { text: string; encoding: TextEncoding } | FileFault {
  const encoding = encodingOf(bytes);
  if (encoding.name === 'utf8') {
    try {
      const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
      return { text: decoder.decode(bytes.subarray(encoding.mark ? 3 : 0)), encoding };
    } catch {
      const byte = firstNotUtf8(bytes);
      const message = `is neither UTF-8 nor UTF-16 with a byte order mark, at byte ${byte}`;
      return fileFault(codedText('file_problem', 'not_utf8', { byte }, message));
    }
  }
  if (bytes.length % 2) {
    const byte = bytes.length - 1;
    const message = `is UTF-16 that ends within a character, at byte ${byte}`;
    return fileFault(codedText('file_problem', 'cut_utf16', { byte }, message));
  }
  const body = Buffer.from(bytes.subarray(2));
  return { text: (encoding.name === 'utf16be' ? body.swap16() : body).toString('utf16le'), encoding };
}

/** Encodes a text for its file. */
export function encodeText(text: string, { name, mark }: TextEncoding = utf8): Buffer {
  const whole = mark ? `\uFEFF${text}` : text;
  if (name === 'utf8') return Buffer.from(whole, 'utf8');
  const bytes = Buffer.from(whole, 'utf16le');
  return name === 'utf16be' ? bytes.swap16() : bytes;
}

/**
 * Reads a text file. Never throws.
 * @param maxBytes a larger file is not read
 */
export function readTextFile(path: string, maxBytes = Infinity): TextFile {
  let bytes: Buffer;
  try {
    const found = maxBytes < Infinity ? statSync(path) : undefined;
    if (found?.isFile() && found.size > maxBytes) {
      const megabytes = maxBytes / 1024 / 1024;
      const text = codedText('file_problem', 'too_large', { megabytes }, `is larger than ${megabytes} MB`);
      return { state: 'unusable', ...fileFault(text) };
    }
    bytes = readFileSync(path);
  } catch (error) {
    if (missingCodes.includes(codeOf(error))) return { state: 'missing' };
    return { state: 'unreadable', ...cannotRead(codeOf(error)) };
  }
  const decoded = decodeText(bytes);
  return 'problem' in decoded ? { state: 'unusable', ...decoded } : { state: 'read', ...decoded };
}

/**
 * The names in a folder in order, and the names of its subfolders separately; empty if it does not exist.
 * Returns the problem if it cannot be read. Never throws.
 */
export function readFolder(path: string): { names: string[]; folders: string[] } | FileFault {
  try {
    const entries = readdirSync(path, { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory());
    return { names: entries.map(({ name }) => name).sort(), folders: folders.map(({ name }) => name).sort() };
  } catch (error) {
    if ([...missingCodes, 'ENOTDIR'].includes(codeOf(error))) return { names: [], folders: [] };
    return cannotRead(codeOf(error));
  }
}
