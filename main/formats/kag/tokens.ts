/** A part of a KAG line: text, or a tag from `[` to `]`. Offsets count from the beginning of the file. */
export type Token =
  | { kind: 'text'; from: number; to: number }
  | { kind: 'tag'; from: number; to: number; isClosed: boolean; name: string; attributes: Attribute[] };

export interface Attribute {
  name: string;
  /** As in the file, without the quotes. */
  value: string;
  /** Offsets of the value, including its quotes. */
  from: number;
  to: number;
  /** Empty if the value has no quotes. */
  quote: string;
}

/**
 * The tokens of a line. `[[` is a bracket in the text. In a tag, brackets nest, and brackets within quotes do not count.
 * If a tag has no closing bracket, the rest of the line is part of that tag and is not translated.
 * Source: TyranoScript's `kag.parser.js` (`parseScenario`, `makeTag`) and Kirikiri's `KAGParser.cpp`.
 */
export function tokensOf(text: string, from: number, to: number): Token[] {
  const tokens: Token[] = [];
  let at = from;
  let plain = from;
  while (at < to) {
    const letter = text[at];
    // TyranoScript's escape: the next character is text, also a bracket or a backslash.
    if (letter === '\\') at = Math.min(to, at + 2);
    else if (letter === '[' && text[at + 1] === '[') at += 2;
    else if (letter === '[') {
      if (at > plain) tokens.push({ kind: 'text', from: plain, to: at });
      const end = tagEnd(text, at, to);
      if (end === null) tokens.push({ kind: 'tag', from: at, to, isClosed: false, name: '', attributes: [] });
      else tokens.push({ kind: 'tag', from: at, to: end, isClosed: true, ...readTag(text, at + 1, end - 1) });
      if (end === null) return tokens;
      at = end;
      plain = end;
    } else at += 1;
  }
  if (at > plain) tokens.push({ kind: 'text', from: plain, to });
  return tokens;
}

/** The offset after the closing bracket of the tag at `from`; null if there is none. */
function tagEnd(text: string, from: number, to: number): number | null {
  let depth = 0;
  let quote = '';
  for (let at = from; at < to; at += 1) {
    const letter = text[at] ?? '';
    if (quote !== '') {
      if (letter === quote) quote = '';
    } else if (letter === '"' || letter === "'" || letter === '`') quote = letter;
    else if (letter === '[') depth += 1;
    else if (letter === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return null;
}

/** Reads a name and attributes, from within a tag or from an `@` command's line. Names are in lower case. */
export function readTag(text: string, from: number, to: number): { name: string; attributes: Attribute[] } {
  let at = skipSpace(text, from, to);
  const start = at;
  while (at < to && !isSpace(text[at])) at += 1;
  const name = text.slice(start, at).toLowerCase();
  const attributes: Attribute[] = [];
  while (at < to) {
    at = skipSpace(text, at, to);
    const nameFrom = at;
    while (at < to && !isSpace(text[at]) && text[at] !== '=') at += 1;
    const attribute = text.slice(nameFrom, at).toLowerCase();
    at = skipSpace(text, at, to);
    if (text[at] !== '=' || at >= to) continue;
    at = skipSpace(text, at + 1, to);
    const letter = text[at] ?? '';
    const quote = at < to && /["'`]/.test(letter) ? letter : '';
    const valueFrom = at;
    at += quote.length;
    while (at < to && (quote === '' ? !isSpace(text[at]) : text[at] !== quote))
      at += text[at] === '\\' ? 2 : 1;
    const valueTo = Math.min(at, to);
    at = Math.min(to, valueTo + quote.length);
    const value = text.slice(valueFrom + quote.length, valueTo);
    attributes.push({ name: attribute, value, from: valueFrom, to: at, quote });
  }
  return { name, attributes };
}

function skipSpace(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isSpace(text[at])) at += 1;
  return at;
}

function isSpace(letter: string | undefined): boolean {
  return letter === ' ' || letter === '\t';
}
