import { fileFault, type FileFault, type JsonFault } from '../file-fault.ts';
import { failAt } from './text-format.ts';

/** A string literal of a JSON text. The offsets include the quotes. */
export interface JsonString {
  from: number;
  to: number;
  value: string;
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const maxDepth = 500;

/**
 * Reads JSON (RFC 8259) value by value and reports each value's offset, which `JSON.parse` does not. `skip` checks a
 * value without copying it, so a map of 400,000 tile numbers needs no memory. Every method throws FormatError with the
 * line if the text is not what the method expects.
 */
export class JsonReader {
  readonly text: string;
  at = 0;
  /** The offset after the last value, before the white space that follows. */
  lastEnd = 0;
  // One entry per open object or array: whether the first member has been read.
  readonly #started: boolean[] = [];

  constructor(text: string) {
    this.text = text;
    this.#space();
  }

  /** The next value's first character, which tells its type: `{`, `[`, `"`, `-` or a digit, `t`, `f`, `n`. */
  peek(): string {
    return this.text[this.at] ?? '';
  }

  enterObject(): void {
    this.#enter('{');
  }

  /** The next member's name; the reader is then at its value. Null closes the object. */
  nextKey(): JsonString | null {
    if (!this.#next('}')) return null;
    if (this.peek() !== '"') this.fail('name', 'a member name in quotes is expected here');
    const key = this.readString();
    if (this.peek() !== ':') this.fail('colon', 'a colon is expected here');
    this.at += 1;
    this.#space();
    return key;
  }

  enterArray(): void {
    this.#enter('[');
  }

  /** Whether another item follows; false closes the array. */
  nextItem(): boolean {
    return this.#next(']');
  }

  readString(): JsonString {
    const { text } = this;
    const from = this.at;
    let at = from + 1;
    let isEscaped = false;
    for (; ; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 0x22) break;
      if (code === 0x5c) {
        isEscaped = true;
        at += 1;
      } else if (code < 0x20) {
        this.at = at;
        this.fail('line_break', 'a string cannot contain a line break or a control character');
      } else if (Number.isNaN(code)) {
        this.fail('unclosed_string', 'the string that begins here is never closed');
      }
    }
    this.at = at + 1;
    this.lastEnd = this.at;
    const value = isEscaped ? this.#unescape(from, at + 1) : text.slice(from + 1, at);
    this.#space();
    return { from, to: at + 1, value };
  }

  /** A number, `true`, `false` or `null`. */
  readScalar(): number | boolean | null {
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (!this.text.startsWith(word, this.at)) continue;
      this.at += word.length;
      this.lastEnd = this.at;
      this.#space();
      return value;
    }
    number.lastIndex = this.at;
    const literal = number.exec(this.text)?.[0];
    if (literal === undefined) this.fail('value', 'a value is expected here');
    this.at += literal.length;
    this.lastEnd = this.at;
    this.#space();
    return Number(literal);
  }

  /** Checks the next value and moves past it. */
  skip(): void {
    const depth = this.#started.length;
    const closers: string[] = [];
    do {
      const first = this.peek();
      if (first === '{' || first === '[') {
        this.#enter(first);
        closers.push(first === '{' ? '}' : ']');
      } else if (first === '"') this.readString();
      else this.readScalar();
      while (closers.length > 0) {
        const isObject = closers.at(-1) === '}';
        if (isObject ? this.nextKey() !== null : this.nextItem()) break;
        closers.pop();
      }
    } while (this.#started.length > depth);
  }

  /** Checks that nothing follows the whole value. */
  end(): void {
    if (this.at < this.text.length) this.fail('text_after_end', 'text follows the end of the JSON value');
  }

  /** @throws FormatError with the line of the reader's position, or of `at` */
  fail(fault: JsonFault, message: string, at = this.at): never {
    return this.#failAt(at, message, (values, text) => fileFault('json', { ...values, fault }, text));
  }

  #expect(sign: string, or_comma = false): never {
    const message = `${or_comma ? 'a comma or ' : ''}“${sign}” is expected here`;
    return this.#failAt(this.at, message, (values, text) =>
      fileFault('json_sign', { ...values, sign, or_comma }, text),
    );
  }

  #failAt(
    at: number,
    message: string,
    fault: (values: { line: number; at_end: boolean }, message: string) => FileFault,
  ): never {
    const at_end = at >= this.text.length;
    const what = at_end ? 'the file ends too early' : 'this is not JSON';
    return failAt(this.text, at, (line) => fault({ line, at_end }, `Line ${line}: ${what}: ${message}`));
  }

  #enter(opener: string): void {
    if (this.peek() !== opener) this.#expect(opener);
    if (this.#started.length >= maxDepth)
      failAt(this.text, this.at, (line) => {
        const message = `Line ${line}: values are nested deeper than ${maxDepth} levels`;
        return fileFault('json_depth', { line, levels: maxDepth }, message);
      });
    this.at += 1;
    this.#started.push(false);
    this.#space();
  }

  #next(closer: string): boolean {
    const first = this.peek();
    if (first === closer) {
      this.at += 1;
      this.lastEnd = this.at;
      this.#started.pop();
      this.#space();
      return false;
    }
    const last = this.#started.length - 1;
    if (this.#started[last] === true) {
      if (first !== ',') this.#expect(closer, true);
      this.at += 1;
      this.#space();
    }
    this.#started[last] = true;
    return true;
  }

  #unescape(from: number, to: number): string {
    try {
      return JSON.parse(this.text.slice(from, to)) as string;
    } catch {
      this.fail('escape', 'the string has an escape that JSON does not know', from);
    }
  }

  #space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at += 1;
    }
  }
}

/** Whether a JSON file writes every letter beyond ASCII as `\uXXXX`, as Python's `json.dump` does. */
export function escapesLetters(text: string): boolean {
  if (!/\\u[0-9a-fA-F]{4}/.test(text)) return false;
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

/** @param escapeLetters write every letter beyond ASCII as `\uXXXX` */
export function jsonLiteral(value: string, escapeLetters: boolean): string {
  const literal = JSON.stringify(value);
  if (!escapeLetters) return literal;
  return literal.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
