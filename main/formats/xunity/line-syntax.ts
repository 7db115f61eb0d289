export interface Pair {
  source: string;
  value: string;
  /** Offsets of the escaped value within the line. */
  from: number;
  to: number;
}

const escapes: Record<string, string> = { '=': '=', '\\': '\\', n: '\n', r: '\r' };
const special = /[\\=%/]/g;

/**
 * Reads a line as the plugin does. The first unescaped `=` separates source and value; a second one makes the line
 * invalid. `//` begins a comment anywhere. `%3D` is an old escape of `=`. A backslash before any other letter is text.
 * @returns null if the plugin ignores the line
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

/** Reads the escape at a backslash; null if the plugin rejects the line. Drops a backslash at the end of the line. */
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
 * Escapes a text so that the plugin and `splitLine` read it back. The plugin does not read its own `\/\/` back as `//`,
 * so the first slash becomes `\u002f`. So does a slash at the end, because a comment may follow. `%3D` gets `\u0033`.
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
