/** A parsed regular expression, as far as `pattern.ts` needs it. */
export type Tree = Sequence[];
export type Sequence = Item[];

/**
 * One item to match, with its repetition. `source` is a class, an escape or a character; anchors match
 * nothing.
 */
export interface Item {
  atom: { source: string } | { group: Tree } | 'anchor';
  least: number;
  max: number;
}

const atomSource =
  /\\(?:[pP]\{[^}]+\}|u\{[\da-fA-F]+\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|[^ck1-9])|\[(?:\\.|[^\]\\])*\]|[^\\()[\]{}*+?|^$]/uy;
const quantifier = /[*+?]|\{\d{1,4}(?:,\d{0,4})?\}/y;
const groupStart = /\((?:\?:|\?<\w+>)?(?!\?)/y;

/** Parses a pattern; undefined if it uses lookaround, back references or other unsupported syntax. */
export function parsePattern(pattern: string): Tree | undefined {
  const reader = { pattern, at: 0 };
  const tree = alternatives(reader);
  return tree !== undefined && reader.at === pattern.length ? tree : undefined;
}

interface Reader {
  pattern: string;
  at: number;
}

function alternatives(reader: Reader): Tree | undefined {
  const tree: Tree = [];
  do {
    const sequence = items(reader);
    if (!sequence) return undefined;
    tree.push(sequence);
  } while (skip(reader, '|'));
  return tree;
}

function items(reader: Reader): Sequence | undefined {
  const sequence: Sequence = [];
  while (reader.at < reader.pattern.length && !'|)'.includes(reader.pattern[reader.at] ?? '')) {
    const atom = atomAt(reader);
    if (atom === undefined) return undefined;
    const [least, max] = countsOf(read(reader, quantifier));
    skip(reader, '?');
    sequence.push({ atom, least, max });
  }
  return sequence;
}

function atomAt(reader: Reader): Item['atom'] | undefined {
  if (skip(reader, '^') || skip(reader, '$') || skip(reader, '\\b')) return 'anchor';
  if (read(reader, groupStart) !== undefined) {
    const group = alternatives(reader);
    return group && skip(reader, ')') ? { group } : undefined;
  }
  const source = read(reader, atomSource);
  return source === undefined ? undefined : { source };
}

function countsOf(text: string | undefined): [number, number] {
  if (text === undefined) return [1, 1];
  if (text === '*') return [0, Infinity];
  if (text === '+') return [1, Infinity];
  if (text === '?') return [0, 1];
  const [least = '0', max] = text.slice(1, -1).split(',');
  return [Number(least), max === undefined ? Number(least) : max === '' ? Infinity : Number(max)];
}

function skip(reader: Reader, text: string): boolean {
  if (!reader.pattern.startsWith(text, reader.at)) return false;
  reader.at += text.length;
  return true;
}

function read(reader: Reader, what: RegExp): string | undefined {
  what.lastIndex = reader.at;
  const found = what.exec(reader.pattern)?.[0];
  if (found !== undefined) reader.at += found.length;
  return found;
}
