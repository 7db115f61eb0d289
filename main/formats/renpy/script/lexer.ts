import type { ScriptLine } from './blocks.ts';
import { monologue, sayText, unfoldedText, type Quoting } from './say-text.ts';
import { isSpace, strip } from './spaces.ts';

/** Invalid syntax in a statement. `ScriptParser.parseBlock` catches it and skips the statement. */
export class ParseFailure extends Error {}

/** Reserved words of the engine, which are never names. */
const KEYWORDS = new Set(
  '$ as at behind call expression hide if in image init jump menu onlayer python return scene show with while zorder transform'.split(
    ' ',
  ),
);

const WORD = /[a-zA-Z_\u00a0-\ud7ff\ue000-\ufffd][0-9a-zA-Z_\u00a0-\ud7ff\ue000-\ufffd]*/y;
const IMAGE_WORD = /[-0-9a-zA-Z_\u00a0-\ud7ff\ue000-\ufffd]+/y;
const OPERATOR = /<>|<<|<=|<|>>|>=|>|!=|==|\||\^|&|\+|-|\*\*|\*|\/\/|\/|%|~|\b(?:or|and|not|in|is)\b/y;
const FLOAT = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y;
const INTEGER = /[+-]?\d+/y;
const HASH = /[\p{L}\p{N}_]+/uy;

/** The text of a quoted string, or one paragraph of a triple-quoted string. Positions are within the line. */
export interface StringText {
  text: string;
  from: number;
  to: number;
  quoting: Quoting;
  /** A paragraph of a triple-quoted string: the span does not include the quotes. */
  inner: boolean;
}

export interface LexerSettings {
  asciiFolding: boolean;
  monologue: 'single' | 'double' | 'none';
  globalLabel: string | null;
}

/** Reads the lines of one block by the rules of Ren'Py's own lexer. */
export class Lexer {
  line = -1;
  position = 0;
  text = '';
  current!: ScriptLine;
  ended = false;
  readonly settings: LexerSettings;

  constructor(
    readonly block: readonly ScriptLine[],
    settings: LexerSettings,
  ) {
    // A copy: a setting that a block changes applies to the rest of that block and to the blocks within it.
    this.settings = { ...settings };
  }

  advance(): boolean {
    this.line += 1;
    const next = this.block[this.line];
    this.ended = next === undefined;
    if (next === undefined) return false;
    this.current = next;
    this.text = next.text;
    this.position = 0;
    return true;
  }

  /** A lexer for the block below the current line. */
  blockLexer(): Lexer {
    return new Lexer(this.current.block, this.settings);
  }

  fail(message: string): never {
    throw new ParseFailure(message);
  }

  skipSpaces(): void {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.position);
      if (isSpace(code)) this.position += 1;
      else if (code === 0x5c && text.charCodeAt(this.position + 1) === 0x0a) this.position += 2;
      else return;
    }
  }

  /** @param pattern a sticky expression */
  match(pattern: RegExp): string | null {
    this.skipSpaces();
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text);
    if (match === null || match[0] === '') return null;
    this.position += match[0].length;
    return match[0];
  }

  symbol(symbol: string): boolean {
    this.skipSpaces();
    if (!this.text.startsWith(symbol, this.position)) return false;
    this.position += symbol.length;
    return true;
  }

  require(result: boolean | string | null, what: string): void {
    if (result === null || result === false) this.fail(`expected ${what}`);
  }

  atEnd(): boolean {
    this.skipSpaces();
    return this.position >= this.text.length;
  }

  expectEnd(): void {
    if (!this.atEnd()) this.fail('expected the end of the line');
  }

  expectNoBlock(): void {
    if (this.current.block.length > 0) this.fail('expected no block');
  }

  word(): string | null {
    return this.match(WORD);
  }

  integer(): string | null {
    return this.match(INTEGER);
  }

  /** A word that may begin with a digit, as the identifiers of translations do. */
  hash(): string | null {
    return this.match(HASH);
  }

  keyword(word: string): boolean {
    const { position } = this;
    if (this.word() === word) return true;
    this.position = position;
    return false;
  }

  name(): string | null {
    const { position } = this;
    const word = this.word();
    if (word !== null && !KEYWORDS.has(word) && !this.isStringPrefix(word, ['r', 'u', 'ur'])) return word;
    this.position = position;
    return null;
  }

  imageWord(): string | null {
    const { position } = this;
    const word = this.match(IMAGE_WORD);
    if (word !== null && !KEYWORDS.has(word) && !this.isStringPrefix(word, ['r', 'u'])) return word;
    this.position = position;
    return null;
  }

  private isStringPrefix(word: string, prefixes: readonly string[]): boolean {
    const next = this.text[this.position];
    return prefixes.includes(word) && (next === '"' || next === "'" || next === '`');
  }

  /** A label's full name: `global`, `global.local`, or `.local` below the last global label. */
  labelName(declare: boolean): string | null {
    const { position } = this;
    const { globalLabel } = this.settings;
    const reset = () => {
      this.position = position;
      return null;
    };
    const first = this.name();
    if (first === null) {
      if (!this.symbol('.') || globalLabel === null) return reset();
      const local = this.name();
      return local === null ? reset() : `${globalLabel}.${local}`;
    }
    if (!this.symbol('.')) return first;
    if (declare && first !== globalLabel) return reset();
    const local = this.name();
    return local === null ? reset() : `${first}.${local}`;
  }

  setGlobalLabel(label: string | null): void {
    if (label !== null) this.settings.globalLabel = label.split('.')[0]!;
  }

  /** The paragraphs of a triple-quoted string, or the text of another string; null if no string begins here. */
  strings(): StringText[] | null {
    this.skipSpaces();
    const tripleQuoted = this.quoted(true);
    if (tripleQuoted !== null) {
      const { raw, inside, end, quoting } = tripleQuoted;
      const inner = this.text.slice(inside, end);
      const from = inside - (raw ? 4 : 3);
      if (raw || this.settings.monologue === 'none') {
        const text = raw ? inner : unfoldedText(inner);
        return [{ text, from, to: this.position, quoting, inner: false }];
      }
      const parts = monologue(inner, this.settings.monologue, this.settings.asciiFolding);
      if (parts.length > 0) {
        return parts.map((part) => ({
          text: part.text,
          from: inside + part.from,
          to: inside + part.to,
          quoting,
          inner: true,
        }));
      }
      // The engine then looks for a plain string, and finds none.
      return null;
    }
    const single = this.string();
    return single === null ? null : [single];
  }

  string(): StringText | null {
    this.skipSpaces();
    const quoted = this.quoted(false);
    if (quoted === null) return null;
    const { raw, inside, end, quoting } = quoted;
    const text = sayText(this.text.slice(inside, end), raw, this.settings.asciiFolding);
    return { text, from: inside - (raw ? 2 : 1), to: this.position, quoting, inner: false };
  }

  private quoted(triple: boolean): { raw: boolean; inside: number; end: number; quoting: Quoting } | null {
    const { text } = this;
    const raw = text[this.position] === 'r';
    const start = this.position + (raw ? 1 : 0);
    const char = text[start];
    if (char !== '"' && char !== "'" && char !== '`') return null;
    const quoting = (triple ? char.repeat(3) : char) as Quoting;
    if (!text.startsWith(quoting, start)) return null;
    const inside = start + quoting.length;
    let end = inside;
    while (end < text.length && !text.startsWith(quoting, end)) end += text[end] === '\\' ? 2 : 1;
    if (end >= text.length) return null;
    this.position = end + quoting.length;
    return { raw, inside, end, quoting };
  }

  /** Moves past a Python string that begins here. */
  pythonString(): boolean {
    if (this.atEnd()) return false;
    const { text, position } = this;
    let at = position;
    for (const prefix of 'urf') if (text[at] === prefix) at += 1;
    const quote = text[at];
    if (quote !== '"' && quote !== "'") return false;
    for (at += 1; text[at] !== quote; at += 1) {
      if (text[at] === '\\') at += 1;
      if (at >= text.length) this.fail('a string that does not end');
    }
    this.position = at + 1;
    return true;
  }

  /** The Python code up to one of `delimiters`, not counting those in brackets and strings. */
  delimitedPython(delimiters: string): string {
    const start = this.position;
    while (!this.atEnd()) {
      const char = this.text[this.position]!;
      if (delimiters.includes(char)) return this.text.slice(start, this.position);
      if (char === '"' || char === "'") this.pythonString();
      else if (!this.brackets()) this.position += 1;
    }
    return this.fail(`expected ${delimiters}`);
  }

  /** Moves past Python code in brackets that begins here. */
  brackets(): boolean {
    const open: string[] = [];
    do {
      const char = this.text[this.position]!;
      const close = { '(': ')', '[': ']', '{': '}' }[char];
      if (char === open[open.length - 1]) open.pop();
      else if (close !== undefined) open.push(close);
      else if (open.length === 0) return false;
      else if (char === '"' || char === "'") {
        this.pythonString();
        continue;
      }
      this.position += 1;
    } while (open.length > 0 && (!this.atEnd() || this.fail('a bracket that does not close')));
    return true;
  }

  simpleExpression(operators = true): string | null {
    const start = this.position;
    for (;;) {
      while (this.match(OPERATOR) !== null);
      if (this.atEnd()) break;
      if (!(this.pythonString() || this.name() !== null || this.match(FLOAT) !== null || this.brackets()))
        break;
      while (!this.atEnd()) {
        if (this.symbol('.')) {
          if (this.word() === null) this.fail('expected a name after the dot');
        } else if (!this.brackets()) break;
      }
      if (operators && this.match(OPERATOR) !== null) continue;
      break;
    }
    return strip(this.text.slice(start, this.position)) || null;
  }
}
