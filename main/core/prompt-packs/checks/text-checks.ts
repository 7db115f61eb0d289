import { isObject } from '../../lib/json.ts';
import { absent, shown, type CheckInput, type Judge } from './check-input.ts';
import { textsAt, valuesAt } from './values-at.ts';

/** A short name without sentence marks at a line's start, then a colon (`http:` is none): Latin or full width. */
const cue = /^[ \t]*([^\s:：.!?。！？"“「][^:：.!?。！？"“「\n]{0,39}?)[ \t]*[:：](?!\/)/gm;

/** Ren'Py's interpolation and text tags, and printf's places. */
const markup = /\[[^[\]\n]{1,80}\]|\{[^{}\n]{1,80}\}|%(?:\(\w{1,40}\))?[sdf]\b/g;

const textOf = (root: unknown, path: string): string | undefined => textsAt(root, path)?.join('\n');

function glossaryOf(variables: CheckInput['variables'], path: string | undefined): [string, string][] {
  const glossary = path === undefined ? undefined : valuesAt(variables, path)?.[0];
  if (!isObject(glossary)) return [];
  return Object.entries(glossary).flatMap(([term, word]) => (typeof word === 'string' ? [[term, word]] : []));
}

const cuesOf = (text: string): string[] => Array.from(text.matchAll(cue), (match) => (match[1] ?? '').trim());

export const keepsCues: Judge<'keeps_cues'> = ({ at, variable, glossary }, { reply, variables }) => {
  const text = textOf(reply, at);
  if (text === undefined) return absent(at);
  const renamed = new Map(glossaryOf(variables, glossary));
  const found = cuesOf(text);
  const kept = (name: string, i: number) =>
    found[i] === name || (renamed.has(name) && found[i] === renamed.get(name));
  const lost = cuesOf(textOf(variables, variable) ?? '').filter((name, i) => !kept(name, i));
  return lost.length ? `${lost.map(shown).join(', ')} is not where it was` : null;
};

function tally(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [token] of text.matchAll(markup)) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}

export const keepsMarkup: Judge<'keeps_markup'> = ({ at, variable }, { reply, variables }) => {
  const text = textOf(reply, at);
  if (text === undefined) return absent(at);
  const before = tally(textOf(variables, variable) ?? '');
  const after = tally(text);
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (token) => before.get(token) !== after.get(token),
  );
  return changed.length ? `${changed.map(shown).join(', ')} is not there as often as before` : null;
};

export const usesTerms: Judge<'uses_terms'> = ({ at, variable, glossary }, { reply, variables }) => {
  const text = textOf(reply, at)?.toLowerCase();
  if (text === undefined) return absent(at);
  const source = (textOf(variables, variable) ?? '').toLowerCase();
  const unused = glossaryOf(variables, glossary).filter(
    ([term, word]) =>
      term !== '' && source.includes(term.toLowerCase()) && !text.includes(word.toLowerCase()),
  );
  return unused.length
    ? unused.map(([term, word]) => `${shown(term)} is not ${shown(word)}`).join(', ')
    : null;
};

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Whole words where the script has spaces between them, else anywhere. */
function mentions(text: string, phrase: string): boolean {
  if (!/^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u.test(phrase))
    return text.includes(phrase);
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped(phrase)}(?![\\p{L}\\p{N}])`, 'iu').test(text);
}

export const lacks: Judge<'lacks'> = ({ at, of }, { reply, variables }) => {
  const text = textOf(reply, at);
  if (text === undefined) return absent(at);
  const phrases = (textsAt(variables, of) ?? []).filter((phrase) => phrase.trim() !== '');
  const there = phrases.filter((phrase) => mentions(text, phrase.trim()));
  return there.length ? `it has ${there.map(shown).join(', ')}` : null;
};

export const noCueOf: Judge<'no_cue_of'> = ({ at, variable }, { reply, variables }) => {
  const text = textOf(reply, at);
  if (text === undefined) return absent(at);
  const name = textOf(variables, variable)?.trim().toLowerCase();
  return cuesOf(text).some((found) => found.toLowerCase() === name)
    ? `a line begins with ${shown(name)} and a colon`
    : null;
};
