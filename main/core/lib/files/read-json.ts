import { visit } from 'jsonc-parser';
import type { CodedText, TextDetail } from '../../../../contract/coded-texts.ts';
import { AppError } from '../app-error.ts';
import { codedText } from '../coded-text.ts';
import { jsonProblem } from '../json.ts';
import { fileFault, readTextFile, type FileFault, type TextEncoding } from './read-text-file.ts';

/** A missing file, its content, or what is wrong with it. */
export type JsonFile =
  | { found: false }
  | { found: true; value: unknown; text: string; encoding: TextEncoding }
  | {
      found: true;
      problem: string;
      /** The same by `file_problem`. */
      detail: TextDetail;
      /** The content is unknown: the file must not be replaced, and what was read before stays in use. */
      unreadable: boolean;
    };

function withoutExtras(text: string): string {
  const blanks: [from: number, to: number][] = [];
  /** Position of a comma directly before or after a value. */
  let comma = -1;
  let behindValue = false;
  const begin = () => {
    comma = -1;
    behindValue = false;
  };
  const value = () => {
    comma = -1;
    behindValue = true;
  };
  const end = () => {
    if (comma >= 0) blanks.push([comma, comma + 1]);
    value();
  };
  visit(text, {
    onComment: (offset, length) => void blanks.push([offset, offset + length]),
    onSeparator(character, offset) {
      comma = character === ',' && behindValue ? offset : -1;
      behindValue = false;
    },
    onObjectEnd: end,
    onArrayEnd: end,
    onObjectBegin: begin,
    onArrayBegin: begin,
    onObjectProperty: begin,
    onLiteralValue: value,
  });
  let out = '';
  let at = 0;
  for (const [from, to] of blanks.toSorted(([a], [b]) => a - b)) {
    out += text.slice(at, from) + text.slice(from, to).replace(/[^\r\n]/g, ' ');
    at = to;
  }
  return out + text.slice(at);
}

/** True for standard JSON, without comments and trailing commas. */
export function isStrictJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The text with comments and trailing commas replaced by spaces, so that positions stay the same. */
export function plainJson(text: string): string {
  if (isStrictJson(text)) return text;
  try {
    return withoutExtras(text);
  } catch {
    // Nested too deeply for the scanner.
    return text;
  }
}

/** What `JSON.parse` has against a text, without quoting it. */
export function notJson(error: unknown, text: string): CodedText<'file_problem'> {
  const message = jsonProblem(error, text);
  return codedText('file_problem', 'not_json', { message }, `is not JSON: ${message}`);
}

/** Parses JSON that a person may have written: comments and trailing commas are accepted. */
export function parseJsonText(text: string): { value: unknown } | FileFault {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (strict) {
    if (text.trim() === '')
      return fileFault(codedText('file_problem', 'empty', {}, 'is not JSON: it is empty'));
    const plain = plainJson(text);
    try {
      return { value: JSON.parse(plain) as unknown };
    } catch (error) {
      return fileFault(notJson(plain === text ? strict : error, plain));
    }
  }
}

/**
 * Reads a JSON file without throwing.
 * @param maxBytes a larger file is not read
 */
export function readJson(path: string, maxBytes?: number): JsonFile {
  const file = readTextFile(path, maxBytes);
  if (file.state === 'missing') return { found: false };
  if (file.state !== 'read')
    return {
      found: true,
      problem: file.problem,
      detail: file.detail,
      unreadable: file.state === 'unreadable',
    };
  const parsed = parseJsonText(file.text);
  if ('problem' in parsed) return { found: true, ...parsed, unreadable: false };
  return { found: true, value: parsed.value, text: file.text, encoding: file.encoding };
}

/**
 * Reads a file that has to exist as text: UTF-8, or UTF-16 with a byte order mark.
 * @throws AppError `file_unreadable` with the file, and the position of invalid bytes
 */
export function requireText(path: string): string {
  const file = readTextFile(path);
  if (file.state === 'read') return file.text;
  const problem = file.state === 'missing' ? 'is not there' : file.problem;
  const advice = file.state === 'unusable' ? ': save it as UTF-8' : '';
  throw new AppError('file_unreadable', `${path} ${problem}${advice}`, { file: path });
}

/** As `requireText`, for JSON; comments and trailing commas are allowed. */
export function requireJson(path: string): unknown {
  const parsed = parseJsonText(requireText(path));
  if ('value' in parsed) return parsed.value;
  throw new AppError('file_unreadable', `${path} ${parsed.problem}`, { file: path });
}

/** The error for a change to a file that cannot be read: it may be valid, and would be lost. */
export function unreadable(path: string, problem: string): AppError {
  return new AppError(
    'file_unreadable',
    `${path} ${problem}, so nothing was changed: make it readable and try again`,
    { file: path },
  );
}
