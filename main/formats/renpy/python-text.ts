import { PRIVATE_START, strip } from './spaces.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
};

const QUOTED: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
};

export interface PythonLiteral {
  value: string;
  /** Position after the literal. */
  end: number;
  /** `"`, `'`, `"""` or `'''`. */
  quote: string;
}

/** A Python string literal at `from`, with its prefix; null where there is none, or it is of bytes or formatted. */
export function pythonLiteral(text: string, from: number): PythonLiteral | null {
  const start = /[uUrR]?("""|'''|"|')/uy;
  start.lastIndex = from;
  const match = start.exec(text);
  if (match === null) return null;
  const quote = match[1]!;
  const inside = start.lastIndex;
  let at = inside;
  while (at < text.length && !text.startsWith(quote, at)) at += text[at] === '\\' ? 2 : 1;
  if (at >= text.length) return null;
  const inner = text.slice(inside, at);
  const value = /^[rR]/u.test(match[0]) ? inner : unescapePython(inner);
  return value === null ? null : { value, end: at + quote.length, quote };
}

/**
 * The value of an expression made of string literals: one or several in a row, in brackets, or within `_()`, `__()` or
 * `_p()`. Null for anything else.
 */
export function pythonText(expression: string): string | null {
  const text = strip(expression);
  const call = /^(_[_p]?)?[\s\\]*\(([^]*)\)$/u.exec(text);
  if (call !== null) {
    // Without a name before the bracket, a comma would make a tuple.
    const inner = pythonText(call[1] === undefined ? call[2]! : call[2]!.replace(/,\s*$/u, ''));
    return inner !== null && call[1] === '_p' ? reflow(inner) : inner;
  }
  let value = '';
  let at = 0;
  while (at < text.length) {
    const literal = pythonLiteral(text, at);
    if (literal === null) return null;
    value += literal.value;
    at = literal.end;
    while (/^(?:\s|\\\n)/u.test(text.slice(at, at + 2))) at += text[at] === '\\' ? 2 : 1;
  }
  return text === '' ? null : value;
}

/** Null where Python refuses an escape. `\N{…}` needs a table of names, and is not known here. */
export function unescapePython(inner: string): string | null {
  if (!inner.includes('\\')) return inner;
  let refused = false;
  const value = inner.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([^]))/gu,
    (whole, x?: string, u?: string, long?: string, octal?: string, char?: string) => {
      const hex = x ?? u ?? long;
      const code = octal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(octal, 8);
      if (!Number.isNaN(code)) {
        if (code <= 0x10ffff) return String.fromCodePoint(code);
        refused = true;
        return '';
      }
      if ('xuUN'.includes(char!)) refused = true;
      return ESCAPES[char!] ?? whole;
    },
  );
  return refused ? null : value;
}

/** For between double quotes (or `quote`) in Python, as Ren'Py itself escapes it. */
export function quotePython(text: string, quote = '"'): string {
  const quoted = text.replace(/[\p{Cc}\\"']/gu, (char) => {
    if (char === '"' || char === "'") return char === quote ? `\\${char}` : char;
    return QUOTED[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return quoted.replace(PRIVATE_START, '\\x5f');
}

/** What `_p()` makes of its text: lines are joined, blank lines separate paragraphs. */
export function reflow(text: string): string {
  const lines = text.split('\n').map(strip);
  if (lines[0] === '') lines.shift();
  if (lines.at(-1) === '') lines.pop();
  let result = '';
  let paragraph: string[] = [];
  for (const line of lines) {
    if (line !== '') paragraph.push(line);
    if (line !== '' && !/\{p[^}]*\}$/u.test(line)) continue;
    result += paragraph.join(' ') + (line === '' ? '\n\n' : '');
    paragraph = [];
  }
  return result + paragraph.join(' ');
}
