import { codeTokens, type CodeSyntax, type CodeToken } from './code-tokens.ts';

/** What became of a source's code in its translation. */
export interface CodeComparison {
  /** Nothing is missing, added or misplaced. */
  isSame: boolean;
  /** The source has code at all; without it, `isSame` says only that none was made up. */
  hasCode: boolean;
  /** Tokens, as often as they are missing. */
  missing: string[];
  added: string[];
  /** Tokens that are there and stand where they do not work. */
  misplaced: string[];
}

/** A token's part in a pair: which pair, and whether it opens or closes it. */
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
 * Closing tags that close nothing. Only pairs that close somewhere in the source are looked at: `{w}` and `[name]`
 * stand alone, and a game may leave a tag open on purpose.
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

/** `%s` and `%d` take their values in order; `%1$s` and `%(name)s` find theirs anywhere. */
const takesNext = ({ text }: CodeToken) => /^%(?!\(|\d+\$)/.test(text);

/** Codes after which nothing is shown: {nw} and RPG Maker's \^ go on without waiting. */
const ends = ({ text }: CodeToken) => text === '{nw}' || text.startsWith('{nw=') || text === '\\^';

const endsText = (text: string, token: CodeToken | undefined): boolean =>
  token !== undefined && ends(token) && text.slice(token.end).trim() === '';

function misplacedIn(source: [string, CodeToken[]], target: [string, CodeToken[]]): string[] {
  const [sourceText, before] = source;
  const [targetText, after] = target;
  const paired = closedPairs(before);
  // A source that is not well-formed itself promises nothing.
  const stray = strayClosings(before, paired).length ? [] : strayClosings(after, paired);
  const wanted = before.filter(takesNext).map(({ text }) => text);
  const given = after.filter(takesNext).map(({ text }) => text);
  const swapped = given.length === wanted.length ? given.filter((text, i) => text !== wanted[i]) : [];
  const last = before.at(-1);
  const early = endsText(sourceText, last) && !endsText(targetText, after.at(-1));
  return [...stray, ...swapped, ...(early && last ? [last.text] : [])];
}

/** Tokens of `these` beyond those of `others`, as a multiset. */
function surplus(these: readonly CodeToken[], others: readonly CodeToken[]): string[] {
  const left = new Map<string, number>();
  for (const { text } of others) left.set(text, (left.get(text) ?? 0) + 1);
  return these.flatMap(({ text }) => {
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count > 0 ? [] : [text];
  });
}

/**
 * Whether a translation keeps the source's code: the same tokens as often, closing tags after what they close and
 * properly nested, unnumbered printf places in their order, `{nw}` and `\^` last where they were. Otherwise the order
 * is free: another grammar puts names elsewhere.
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
