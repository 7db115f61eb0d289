import { mentionsTerm } from '../scores/check-expectations.ts';
import type { TrialUnit } from './trial-set.ts';

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
