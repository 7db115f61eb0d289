import { parsePattern, type Item, type Sequence, type Tree } from './pattern-tree.ts';

const maxWork = 1_000_000;
const maxLength = 2000;

/**
 * Whether a text matches a pattern (unanchored, as in JSON Schema). Undefined for an unsupported pattern, or
 * for one that could take the engine too long, because patterns come from callers.
 */
export function matches(pattern: string, text: string): boolean | undefined {
  const tree = parsePattern(pattern);
  if (!tree || text.length > maxLength) return undefined;
  const work = nests(tree) ? (1 + turns(tree)) ** text.length : ways(tree, text.length + 1);
  if (work > maxWork) return undefined;
  return compile(pattern)?.test(text);
}

/**
 * Texts that should match a pattern, one per alternative, at least `shortest` long if the pattern allows it.
 */
export function* samplesOf(pattern: string, shortest: number): Generator<string> {
  const tree = parsePattern(pattern);
  if (!tree || fewest(tree) > maxLength) return;
  for (const sequence of tree.slice(0, 20)) {
    const sample = sampleOf(sequence, 0).text;
    if (sample.length >= shortest) yield sample;
    const { text } = sampleOf(sequence, Math.min(maxLength, shortest - sample.length));
    yield text;
    yield text.padEnd(Math.min(maxLength, shortest), 'a');
    for (const extra of [1, 2, 3, 4])
      yield sampleOf(sequence, Math.max(0, shortest - sample.length) + extra).text;
  }
}

function compile(pattern: string): RegExp | undefined {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}

/** The sequence's shortest text, with up to `spare` additional characters where it repeats something. */
function sampleOf(sequence: Sequence, spare: number): { text: string; spare: number } {
  let text = '';
  let left = spare;
  for (const item of sequence) {
    if (item.atom === 'anchor') continue;
    const more = 'source' in item.atom ? Math.min(left, item.max - item.least) : 0;
    left -= more;
    for (let count = 0; count < item.least + more; count += 1) {
      const one: { text: string; spare: number } =
        'source' in item.atom
          ? { text: charOf(item.atom.source), spare: left }
          : sampleOf(item.atom.group[0] ?? [], left);
      text += one.text;
      left = one.spare;
    }
  }
  return { text, spare: left };
}

const characters = [
  ...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _-.,:;/!?@#$%&*+=()[]{}<>|~^\'"\\`\n\t',
];

/** A character that matches a class, an escape or `.`; a single character matches itself. */
function charOf(source: string): string {
  if ([...source].length === 1 && source !== '.') return source;
  const one = compile(`^${source}$`);
  return characters.find((character) => one?.test(character)) ?? '';
}

/** A repeated group that itself can match in many ways, which causes catastrophic backtracking. */
function nests(tree: Tree): boolean {
  return tree.some((sequence) =>
    sequence.some(({ atom, least, max }) => {
      if (atom === 'anchor' || 'source' in atom) return false;
      const repeated = max > 1 && least !== max;
      return nests(atom.group) || (max > 1 && varies(atom.group) && (repeated || max > 4));
    }),
  );
}

function varies(tree: Tree): boolean {
  return (
    tree.length > 1 ||
    tree.some((sequence) => sequence.some((item) => item.least !== item.max || isVarying(item)))
  );
}

function isVarying(item: Item): boolean {
  return item.atom !== 'anchor' && 'group' in item.atom && varies(item.atom.group);
}

/** How many choices one character can leave open in a nested pattern. */
function turns(tree: Tree): number {
  return tree.reduce(
    (sum, sequence) =>
      sum +
      sequence.reduce((inner, { atom, least, max }) => {
        const group = atom !== 'anchor' && 'group' in atom ? turns(atom.group) : 0;
        return inner + group + (least === max ? 0 : 1);
      }, 0),
    tree.length - 1,
  );
}

/** An upper bound of the ways to match, all of which a backtracking engine may have to try. */
function ways(tree: Tree, length: number): number {
  return (
    tree.reduce(
      (sum, sequence) => sum + sequence.reduce((product, item) => product * waysOf(item, length), 1),
      0,
    ) * length
  );
}

function waysOf(item: Item, length: number): number {
  const choices = Math.min(item.max - item.least, length) + 1;
  const inner = item.atom !== 'anchor' && 'group' in item.atom ? ways(item.atom.group, length) / length : 1;
  return choices * Math.max(1, inner ** Math.min(Math.max(1, item.least), 4));
}

function fewest(tree: Tree): number {
  return Math.min(
    ...tree.map((sequence) =>
      sequence.reduce((sum, { atom, least }) => {
        if (atom === 'anchor') return sum;
        return sum + least * ('source' in atom ? 1 : fewest(atom.group));
      }, 0),
    ),
  );
}
