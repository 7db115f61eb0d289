import { fileFault } from '../../file-fault.ts';
import { FormatError } from '../../define.ts';
import { isSpace } from './spaces.ts';

/** The engine rejects longer tokens. The limit also means that an unclosed quote is reported near its line. */
const MAX_TOKEN = 65_536;

/**
 * A line as Ren'Py's parser reads it: without comments. Brackets and strings may span several lines of the file. Names
 * that begin with two underscores are replaced by the file's private names.
 */
export interface LogicalLine {
  /** The number of its first line in the file, from 1. */
  number: number;
  text: string;
  /** Pairs that map positions in `text` to indices in the file; each applies up to the next pair. */
  pieces: number[];
}

const INTERPOLATED_NAME = /(\.|\[+)__([\p{L}\p{N}_]+)/gu;
const PRIVATE_NAME = /()(?<![\p{L}\p{N}_])__([\p{L}\p{N}_]+)/gu;

/** A line with only a comment. */
export interface CommentLine {
  number: number;
  /** Without the `#`. */
  text: string;
}

export interface ScriptLines {
  lines: LogicalLine[];
  comments: CommentLine[];
}

/** The index in the file of the character at `position` of a line's text. */
export function fileIndex(line: LogicalLine, position: number): number {
  const { pieces } = line;
  let low = 0;
  let high = pieces.length / 2 - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pieces[middle * 2]! <= position) low = middle;
    else high = middle - 1;
  }
  return pieces[low * 2 + 1]! + position - pieces[low * 2]!;
}

/**
 * Splits a script into logical lines by the rules of Ren'Py's lexer.
 * @param path gives the prefix of private names: `__x` in `script.rpy` is `_m1_script__x`
 * @param privateNamesInText see `RenpyGame`
 * @throws FormatError for a tab outside of strings and comments, and for a string or bracket that is never closed
 */
export function logicalLines(text: string, path: string, privateNamesInText: boolean): ScriptLines {
  const scanner = new Scanner(text, privatePrefix(path), privateNamesInText);
  while (scanner.scanLine());
  return { lines: scanner.lines, comments: scanner.comments };
}

class Scanner {
  readonly lines: LogicalLine[] = [];
  readonly comments: CommentLine[] = [];
  private readonly data: string;
  private position = 0;
  private number = 1;
  private parts: string[] = [];
  private length = 0;
  private pieces: number[] = [];

  constructor(
    text: string,
    private readonly prefix: string,
    private readonly privateNamesInText: boolean,
  ) {
    // As in the engine: makes sure that the last line ends.
    this.data = `${text}\n\n`;
  }

  /** Reads one logical line; false at the end of the file. */
  scanLine(): boolean {
    const { data } = this;
    if (this.position >= data.length) return false;
    const start = this.number;
    this.parts = [];
    this.pieces = [];
    this.length = 0;
    let depth = 0;
    while (this.position < data.length) {
      const from = this.position;
      const char = data[from]!;
      if (char === '\n') {
        this.number += 1;
        if (depth === 0) {
          this.position += 1;
          this.endLine(start);
          return true;
        }
        this.addUpTo(from + 1);
      } else if (char === '\t') {
        const message = `Line ${this.number} has a tab. Ren'Py accepts only spaces: replace the tab and import the file again.`;
        throw new FormatError(fileFault('renpy_tab', { line: this.number }, message));
      } else if (char === '\r') {
        this.position += 1;
      } else if (char === '\\' && data[from + 1] === '\n') {
        this.number += 1;
        this.addUpTo(from + 2);
      } else if (char === '#') {
        this.comment();
      } else if (char === '"' || char === "'" || char === '`') {
        this.string(char);
      } else {
        if (char === '(' || char === '[' || char === '{') depth += 1;
        else if ((char === ')' || char === ']' || char === '}') && depth > 0) depth -= 1;
        this.word();
      }
      if (this.position - from > MAX_TOKEN) throw unclosed(start);
    }
    throw unclosed(start);
  }

  private endLine(start: number): void {
    const text = this.parts.join('');
    if (!isBlank(text)) this.lines.push({ number: start, text, pieces: this.pieces });
  }

  private comment(): void {
    const end = this.data.indexOf('\n', this.position);
    if (this.parts.every(isBlank)) {
      this.comments.push({ number: this.number, text: this.data.slice(this.position + 1, end) });
    }
    this.position = end;
  }

  private string(quote: string): void {
    const triple = this.data.startsWith(quote.repeat(3), this.position);
    this.addUpTo(this.position + (triple ? 3 : 1));
    const end = this.stringEnd(quote, triple);
    const text = this.data.slice(this.position, end);
    const hasNames = text.includes(this.privateNamesInText ? '__' : '[__');
    for (const part of text.split('\r')) {
      const partEnd = this.position + part.length;
      if (hasNames) this.privateNames(part);
      this.addUpTo(partEnd);
      this.position = partEnd + 1;
    }
    this.position = end;
  }

  /** The index after the closing quotes of the string at the current position. */
  private stringEnd(quote: string, triple: boolean): number {
    const { data } = this;
    let escaped = false;
    for (let end = this.position; end < data.length; end += 1) {
      const char = data[end]!;
      if (char === '\n') this.number += 1;
      if (char === '\r') continue;
      if (escaped) escaped = false;
      else if (char === '\\') escaped = true;
      else if (char === quote && !triple) return end + 1;
      else if (char === quote && data.startsWith(quote.repeat(3), end)) return end + 3;
    }
    return data.length;
  }

  /** Replaces private names in the part of a string that begins here: `[__x]` becomes `[_m1_script__x]`. */
  private privateNames(part: string): void {
    const from = this.position;
    for (const match of part.matchAll(this.privateNamesInText ? PRIVATE_NAME : INTERPOLATED_NAME)) {
      const [, brackets, name] = match as unknown as [string, string, string];
      if (name.includes('__') || (this.privateNamesInText ? name.startsWith('_') : brackets.length % 2 === 0))
        continue;
      const underscores = from + match.index + brackets.length;
      this.addUpTo(underscores);
      this.push(this.prefix, underscores);
      this.position += 2;
    }
  }

  private word(): void {
    const { data, position } = this;
    let end = position + 1;
    const first = data.charCodeAt(position);
    if (first === 0x20) {
      while (data.charCodeAt(end) === 0x20) end += 1;
    } else if (isLetterlike(first)) {
      while (isLetterlike(data.charCodeAt(end))) end += 1;
      if (end - position >= 3 && data.startsWith('__', position)) {
        const name = data.slice(position + 2, end);
        if (!name.includes('__')) {
          this.push(this.prefix + name, position);
          this.position = end;
          return;
        }
      }
    }
    this.addUpTo(end);
  }

  /** Adds the file's text up to `end` unchanged. */
  private addUpTo(end: number): void {
    if (end > this.position) this.push(this.data.slice(this.position, end), this.position);
    this.position = end;
  }

  private push(text: string, from: number): void {
    const { pieces } = this;
    const last = pieces.length - 2;
    if (last < 0 || pieces[last + 1]! - pieces[last]! !== from - this.length) pieces.push(this.length, from);
    this.parts.push(text);
    this.length += text.length;
  }
}

function unclosed(line: number): FormatError {
  const message = `The line that begins at ${line} never ends: a quote or bracket is not closed. Close it and import the file again.`;
  return new FormatError(fileFault('renpy_unclosed', { line }, message));
}

/** `game/my script.rpy` → `_m1_my_script__`. */
function privatePrefix(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/(?<!^)\.[^.]*$/u, '');
  const safe = name
    .replaceAll(' ', '_')
    .replace(/[^a-zA-Z0-9_]/gu, (char) => `0x${char.codePointAt(0)!.toString(16)}`);
  return `_m1_${safe}__`;
}

function isLetterlike(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f
  );
}

function isBlank(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (!isSpace(text.charCodeAt(index))) return false;
  return true;
}
