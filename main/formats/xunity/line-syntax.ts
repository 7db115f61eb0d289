export interface Pair {
  source: string;
  value: string;
  /** Offsets of the value as written, within the line. */
  from: number;
  to: number;
}

const escapes: Record<string, string> = { '=': '=', '\\': '\\', n: '\n', r: '\r' };

/**
 * A line as the plugin reads it: the first unescaped `=` separates, a second one makes the line invalid, `//` begins a
 * comment anywhere, `%3D` is an old spelling of `=`, and a backslash before any other letter stands for itself.
 * @returns null where the plugin ignores the line
 */
export function splitLine(line: string): Pair | null {
  let source: string | null = null;
  let part = '';
  let from = 0;
  let at = 0;
  for (; at < line.length; at += 1) {
    const letter = line[at] ?? '';
    if (letter === '\\') {
      const escaped = readEscape(line, at);
      if (escaped === null) return null;
      part += escaped.text;
      at += escaped.length - 1;
    } else if (letter === '=') {
      if (source !== null) return null;
      source = part;
      part = '';
      from = at + 1;
    } else if (letter === '%' && line.startsWith('%3D', at)) {
      part += '=';
      at += 2;
    } else if (letter === '/' && line[at + 1] === '/') break;
    else part += letter;
  }
  return source === null ? null : { source, value: part, from, to: at };
}

/** The escape at a backslash; null where the plugin rejects the line. A backslash at the line's end is dropped. */
function readEscape(line: string, at: number): { text: string; length: number } | null {
  const letter = line[at + 1];
  if (letter === undefined) return { text: '', length: 1 };
  if (letter === 'u') {
    const digits = /^[0-9a-fA-F]{4}/.exec(line.slice(at + 2, at + 6))?.[0];
    return digits === undefined
      ? null
      : { text: String.fromCharCode(Number.parseInt(digits, 16)), length: 6 };
  }
  return { text: escapes[letter] ?? `\\${letter}`, length: 2 };
}

/**
 * The spelling that `splitLine`, and so the plugin, reads as this text. The plugin's own `\/\/` for `//` is not read back
 * as `//`, so the second slash is written by its number; the same for the `3` of `%3D`.
 */
export function escapeText(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('=', '\\=')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replace(/\/(?=\/)/g, '\\u002f')
    .replaceAll('%3D', '%\\u0033D');
}
