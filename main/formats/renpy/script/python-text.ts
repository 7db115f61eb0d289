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

/** Reads a Python string literal with its prefix at `from`; null if there is none, or for bytes and f-strings. */
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
 * The value of an expression of string literals: one or several in a row, in brackets, or in `_()`, `__()` or `_p()`. Null
 * for any other expression.
 */
export function pythonText(expression: string): string | null {
  const text = strip(expression);
  const call = /^(_[_p]?)?[\s\\]*\(([^]*)\)$/u.exec(text);
  if (call !== null) {
    // A trailing comma is allowed only in a call. Without a function name, it would make a tuple.
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

/** Resolves escapes; null for one that Python rejects. `\N{…}` is not supported, as it needs a table of names. */
function unescapePython(inner: string): string | null {
  if (!inner.includes('\\')) return inner;
  let invalid = false;
  const value = inner.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([^]))/gu,
    (whole, x?: string, u?: string, long?: string, octal?: string, char?: string) => {
      const hex = x ?? u ?? long;
      const code = octal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(octal, 8);
      if (!Number.isNaN(code)) {
        if (code <= 0x10ffff) return String.fromCodePoint(code);
        invalid = true;
        return '';
      }
      if ('xuUN'.includes(char!)) invalid = true;
      return ESCAPES[char!] ?? whole;
    },
  );
  return invalid ? null : value;
}

/** Escapes a text for a Python string in `quote`, as Ren'Py does. The result has no quotes around it. */
export function quotePython(text: string, quote = '"'): string {
  const quoted = text.replace(/[\p{Cc}\\"']/gu, (char) => {
    if (char === '"' || char === "'") return char === quote ? `\\${char}` : char;
    return QUOTED[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return quoted.replace(PRIVATE_START, '\\x5f');
}

/** The result of `_p()`: lines are joined, and blank lines separate paragraphs. */
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
