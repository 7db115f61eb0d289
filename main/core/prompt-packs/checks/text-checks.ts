import { isObject } from '../../lib/json.ts';
import { absent, shown, type CheckInput, type Fault, type Judge } from './check-input.ts';
import { changedCode, withoutCode } from './code-tokens.ts';
import { unusedTerms } from './terms.ts';
import { textsAt, valuesAt } from './values-at.ts';

/**
 * A short name without sentence punctuation at the start of a line, then a colon, Latin or full-width. Not
 * speakers: a URL (`https://…`), a path (`C:\…`), a time or a score (`At 10:30`), and a host with its port
 * (`localhost:8080`).
 */
const cue =
  /^[ \t]*([^\s:：.!?。！？"“「][^:：.!?。！？"“「\n]{0,39}?)[ \t]*(?!(?<=\p{Nd}[ \t]{0,3})[:：][ \t]{0,3}\p{Nd})(?!(?<=[A-Za-z0-9]):\d)[:：](?![/\\])/gmu;

/** The speakers whose cues begin a line, in order. */
export function cuesOf(text: string): string[] {
  return Array.from(text.matchAll(cue), (match) => (match[1] ?? '').trim());
}

const textOf = (root: unknown, path: string): string | undefined => textsAt(root, path)?.join('\n');

const counted = (faults: readonly unknown[], wrong: string): Fault | null =>
  faults.length ? { wrong, count: faults.length } : null;

function glossaryOf(variables: CheckInput['variables'], path: string | undefined): [string, string][] {
  const glossary = path === undefined ? undefined : valuesAt(variables, path)?.[0];
  if (!isObject(glossary)) return [];
  return Object.entries(glossary).flatMap(([term, word]) => (typeof word === 'string' ? [[term, word]] : []));
}

export const keepsCues: Judge<'keeps_cues'> = ({ at, variable, glossary }, { reply, variables }) => {
  const text = textOf(reply, at);
  if (text === undefined) return absent(at);
  const renamed = new Map(glossaryOf(variables, glossary));
  const found = cuesOf(text);
  const isKept = (name: string, i: number) =>
    found[i] === name || (renamed.has(name) && found[i] === renamed.get(name));
  const lost = cuesOf(textOf(variables, variable) ?? '').filter((name, i) => !isKept(name, i));
  return counted(lost, `${lost.map(shown).join(', ')} is not where it was`);
};

export const keepsMarkup: Judge<'keeps_markup'> = ({ at, variable }, { reply, variables }) => {
  const text = textOf(reply, at);
  if (text === undefined) return absent(at);
  const changed = changedCode(textOf(variables, variable) ?? '', text);
  return counted(changed, `${changed.map(shown).join(', ')} is not there as often as before`);
};

/** Number of lines, including empty ones; a final line break adds none. */
const lineCount = (text: string): number => text.replace(/(?:\r\n|\r|\n)+$/, '').split(/\r\n|\r|\n/).length;

export const keepsLines: Judge<'keeps_lines'> = ({ at, variable }, { reply, variables }) => {
  const text = textOf(reply, at);
  if (text === undefined) return absent(at);
  const before = lineCount(textOf(variables, variable) ?? '');
  const after = lineCount(text);
  return before === after ? null : `${after} ${after === 1 ? 'line' : 'lines'}, ${before} before`;
};

export const usesTerms: Judge<'uses_terms'> = ({ at, variable, glossary }, { reply, variables }) => {
  const text = textOf(reply, at);
  if (text === undefined) return absent(at);
  // Text inside code is copied, whatever a glossary says.
  const source = withoutCode(textOf(variables, variable) ?? '');
  const unused = unusedTerms(source, text, glossaryOf(variables, glossary));
  return counted(unused, unused.map(([term, word]) => `${shown(term)} is not ${shown(word)}`).join(', '));
};

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Whole words in scripts with spaces, else any occurrence. */
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
  return counted(there, `it has ${there.map(shown).join(', ')}`);
};

export const noCueOf: Judge<'no_cue_of'> = ({ at, variable }, { reply, variables }) => {
  const text = textOf(reply, at);
  if (text === undefined) return absent(at);
  const name = textOf(variables, variable)?.trim().toLowerCase();
  return cuesOf(text).some((found) => found.toLowerCase() === name)
    ? `a line begins with ${shown(name)} and a colon`
    : null;
};
