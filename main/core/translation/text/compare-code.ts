import { codeTokens, type CodeSyntax, type CodeToken } from './code-tokens.ts';

/** The differences between the code of a source and of its translation. */
export interface CodeComparison {
  /** Nothing is missing, added or misplaced. */
  isSame: boolean;
  /** The source has code. Without it, `isSame` only says that the translation added none. */
  hasCode: boolean;
  /** Missing tokens, repeated as often as they are missing. */
  missing: string[];
  added: string[];
  /** Tokens in a place where they do not work. */
  misplaced: string[];
}

/** The pair that a token belongs to, and whether the token opens or closes it. */
function pairOf({ text }: CodeToken): { name: string; opens: boolean } | undefined {
  // Ren'Py and rich text: {color=#fff}…{/color}, <b>…</b>.
  const closes = /^[{<]\/(\w+)/.exec(text);
  if (closes) return { name: closes[1] ?? '', opens: false };
  const opens = /^[{<](\w+)/.exec(text);
  if (opens) return { name: opens[1] ?? '', opens: true };
  // KAG: [link …]…[endlink]. TyranoScript and KAG close with "end" before the name.
  const kag = /^\[(end)?(\w+)/.exec(text);
  if (kag) return { name: kag[2] ?? '', opens: !kag[1] };
  // RPG Maker: \C[2]…\C[0], \{…\}.
  const colour = /^\\c\[(.*)\]$/i.exec(text);
  if (colour) return { name: '\\C', opens: colour[1]?.trim() !== '0' };
  if (text === '\\{' || text === '\\}') return { name: '\\{', opens: text === '\\{' };
  return undefined;
}

/**
 * Closing tags without an opening one. Only pairs that the source closes are checked. `{w}` and `[name]` have no closing
 * tag, and a game may leave a tag open on purpose.
 */
function strayClosings(tokens: readonly CodeToken[], paired: ReadonlySet<string>): string[] {
  const open: string[] = [];
  const stray: string[] = [];
  for (const token of tokens) {
    const pair = pairOf(token);
    if (!pair || !paired.has(pair.name)) continue;
    if (pair.opens) {
      // A second colour replaces the first; one \C[0] ends both.
      if (pair.name !== '\\C' || open.at(-1) !== '\\C') open.push(pair.name);
    } else if (open.at(-1) === pair.name) open.pop();
    else stray.push(token.text);
  }
  return stray;
}

function closedPairs(tokens: readonly CodeToken[]): ReadonlySet<string> {
  const pairs = tokens.flatMap((token) => pairOf(token) ?? []);
  const opened = new Set(pairs.flatMap(({ name, opens }) => (opens ? [name] : [])));
  return new Set(pairs.flatMap(({ name, opens }) => (!opens && opened.has(name) ? [name] : [])));
}

/** `%s` and `%d` take their values in order; `%1$s` and `%(name)s` may be anywhere. */
const takesNext = ({ text }: CodeToken) => /^%(?!\(|\d+\$)/.test(text);

/** Codes that end a message without a wait: {nw} and RPG Maker's \^. Text after them is not shown. */
const ends = ({ text }: CodeToken) => text === '{nw}' || text.startsWith('{nw=') || text === '\\^';

const endsText = (text: string, token: CodeToken | undefined): boolean =>
  token !== undefined && ends(token) && text.slice(token.end).trim() === '';

function misplacedIn(source: [string, CodeToken[]], target: [string, CodeToken[]]): string[] {
  const [sourceText, before] = source;
  const [targetText, after] = target;
  const paired = closedPairs(before);
  // If the source's tags are not well-formed, the translation's tags are not checked.
  const stray = strayClosings(before, paired).length ? [] : strayClosings(after, paired);
  const expected = before.filter(takesNext).map(({ text }) => text);
  const actual = after.filter(takesNext).map(({ text }) => text);
  const swapped = actual.length === expected.length ? actual.filter((text, i) => text !== expected[i]) : [];
  const last = before.at(-1);
  const early = endsText(sourceText, last) && !endsText(targetText, after.at(-1));
  return [...stray, ...swapped, ...(early && last ? [last.text] : [])];
}

/** The multiset difference `tokens` − `others`. */
function surplus(tokens: readonly CodeToken[], others: readonly CodeToken[]): string[] {
  const remaining = new Map<string, number>();
  for (const { text } of others) remaining.set(text, (remaining.get(text) ?? 0) + 1);
  return tokens.flatMap(({ text }) => {
    const count = remaining.get(text) ?? 0;
    remaining.set(text, count - 1);
    return count > 0 ? [] : [text];
  });
}

/**
 * Compares the code of a translation with the source's. Each token must occur equally often. Closing tags must be properly
 * nested, unnumbered printf placeholders must be in the same order, and `{nw}` and `\^` must stay last. Other tokens may be
 * in any order, because grammars differ.
 * @param syntaxes see `codeTokens`
 */
export function compareCode(
  source: string,
  target: string,
  syntaxes?: readonly CodeSyntax[],
): CodeComparison {
  const before = codeTokens(source, syntaxes);
  const after = codeTokens(target, syntaxes);
  const missing = surplus(before, after);
  const added = surplus(after, before);
  const misplaced = missing.length || added.length ? [] : misplacedIn([source, before], [target, after]);
  const isSame = !missing.length && !added.length && !misplaced.length;
  return { isSame, hasCode: before.length > 0, missing, added, misplaced };
}
