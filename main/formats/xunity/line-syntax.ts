export interface Pair {
  source: string;
  value: string;
  /** Offsets of the value as written, within the line. */
  from: number;
  to: number;
}

const escapes: Record<string, string> = { '=': '=', '\\': '\\', n: '\n', r: '\r' };
const special = /[\\=%/]/g;

/**
 * A line as the plugin reads it: the first unescaped `=` separates, a second one makes the line invalid, `//` begins a
 * comment anywhere, `%3D` is an old spelling of `=`, and a backslash before any other letter stands for itself.
 * @returns null where the plugin ignores the line
 */
export function splitLine(line: string): Pair | null {
  let source: string | null = null;
  let pieces: string[] = [];
  let from = 0;
  let at = 0;
  for (;;) {
    special.lastIndex = at;
    const next = special.exec(line)?.index ?? line.length;
    if (next > at) pieces.push(line.slice(at, next));
    at = next;
    if (at >= line.length || (line[at] === '/' && line[at + 1] === '/')) break;
    if (line[at] === '=') {
      if (source !== null) return null;
      source = pieces.join('');
      pieces = [];
      at += 1;
      from = at;
      continue;
    }
    const read = line[at] === '\\' ? readEscape(line, at) : readPlain(line, at);
    if (read === null) return null;
    pieces.push(read.text);
    at += read.length;
  }
  return source === null ? null : { source, value: pieces.join(''), from, to: at };
}

function readPlain(line: string, at: number): { text: string; length: number } {
  return line.startsWith('%3D', at) ? { text: '=', length: 3 } : { text: line[at] ?? '', length: 1 };
}

/** The escape at a backslash; null where the plugin rejects the line. A backslash at the line's end is dropped. */
function readEscape(line: string, at: number): { text: string; length: number } | null {
  const letter = line[at + 1];
  if (letter === undefined) return { text: '', length: 1 };
  if (letter === 'u') {
    const digits = line.slice(at + 2, at + 6);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) return null;
    return { text: String.fromCharCode(Number.parseInt(digits, 16)), length: 6 };
  }
  return { text: escapes[letter] ?? `\\${letter}`, length: 2 };
}

/**
 * The spelling that `splitLine`, and so the plugin, reads as this text. The plugin's own `\/\/` for `//` is not read back
 * as `//`, so the first slash is written by its number, and so is
 * one at the end, after which a comment may stand; the same for the `3` of `%3D`.
 */
export function escapeText(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('=', '\\=')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replace(/\/(?=\/|$)/g, '\\u002f')
    .replaceAll('%3D', '%\\u0033D');
}
