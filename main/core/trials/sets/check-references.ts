import { withoutCode } from '../../translation/text/code-tokens.ts';
import { compareCode } from '../../translation/text/compare-code.ts';
import { mentionsTerm } from '../scores/check-expectations.ts';
import type { TrialSet, TrialUnit } from './trial-set.ts';

/** A reference that would mislead a judge. */
export interface ReferenceProblem {
  unitId: string;
  /** Index in `references`. */
  reference: number;
  message: string;
}

/**
 * The glossary terms in a unit's source with their translations, in the glossary's order. A term that occurs
 * only inside a longer one (鯨 in 鯨鐘) does not count.
 */
export function matchedTerms({ variables }: TrialUnit): [term: string, word: string][] {
  const { source_text: source, glossary } = variables;
  if (typeof source !== 'string' || typeof glossary !== 'object' || glossary === null) return [];
  const terms = Object.entries(glossary).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[0] !== '',
  );
  let rest = source;
  const found = new Set<string>();
  for (const [term] of [...terms].sort(([a], [b]) => b.length - a.length)) {
    if (!mentionsTerm(rest, term)) continue;
    found.add(term);
    // A character that is in no term separates the text around the removed term.
    rest = rest.toLowerCase().replaceAll(term.toLowerCase(), '\u0000');
  }
  return terms.filter(([term]) => found.has(term));
}

/** Letters besides the code: "%d / %d" may stay unchanged. */
const hasWords = (text: string) => /\p{L}/u.test(withoutCode(text));

function faultsOf(unit: TrialUnit, source: string, reference: string): string[] {
  const { missing, added, misplaced } = compareCode(source, reference);
  const terms = matchedTerms(unit).filter(([, word]) => !mentionsTerm(reference, word));
  return [
    ...missing.map((token) => `lacks the code ${token}`),
    ...added.map((token) => `has the code ${token}, which the source has not`),
    ...misplaced.map((token) => `has ${token} where it does not work`),
    ...terms.map(([term, word]) => `does not use "${word}" for "${term}"`),
    ...(reference.trim() === source.trim() && hasWords(source) ? ['is the source'] : []),
    ...(reference.split('\n').length === source.split('\n').length ? [] : ['has other line breaks']),
  ];
}

/** References that violate the trial's own checks of replies: code, glossary, line breaks. */
export function checkReferences({ units }: TrialSet): ReferenceProblem[] {
  return units.flatMap((unit) => {
    const source = unit.variables['source_text'];
    if (typeof source !== 'string') return [];
    return (unit.references ?? []).flatMap((text, reference) =>
      faultsOf(unit, source, text).map((message) => ({ unitId: unit.id, reference, message })),
    );
  });
}
