import { compareCode } from '../scores/compare-code.ts';
import { mentionsTerm } from '../scores/check-expectations.ts';
import type { TrialSet, TrialUnit } from './trial-set.ts';

/** A reference that would lead a judge astray. */
export interface ReferenceProblem {
  unitId: string;
  /** Index in `references`. */
  reference: number;
  message: string;
}

/** The glossary terms that occur in a unit's source, with the words that stand for them. */
export function matchedTerms({ variables }: TrialUnit): [term: string, word: string][] {
  const { source_text: source, glossary } = variables;
  if (typeof source !== 'string' || typeof glossary !== 'object' || glossary === null) return [];
  return Object.entries(glossary).flatMap(([term, word]) =>
    typeof word === 'string' && mentionsTerm(source, term) ? [[term, word] as [string, string]] : [],
  );
}

function faultsOf(unit: TrialUnit, source: string, reference: string): string[] {
  const { missing, added, misplaced } = compareCode(source, reference);
  const terms = matchedTerms(unit).filter(([, word]) => !mentionsTerm(reference, word));
  return [
    ...missing.map((token) => `lacks the code ${token}`),
    ...added.map((token) => `has the code ${token}, which the source has not`),
    ...misplaced.map((token) => `has ${token} where it does not work`),
    ...terms.map(([term, word]) => `does not use "${word}" for "${term}"`),
    ...(reference.trim() === source.trim() && /\p{L}/u.test(source) ? ['is the source'] : []),
    ...(reference.split('\n').length === source.split('\n').length ? [] : ['has other line breaks']),
  ];
}

/** References that break what the trial itself holds against replies: code, glossary, line breaks. */
export function checkReferences({ units }: TrialSet): ReferenceProblem[] {
  return units.flatMap((unit) => {
    const source = unit.variables['source_text'];
    if (typeof source !== 'string') return [];
    return (unit.references ?? []).flatMap((text, reference) =>
      faultsOf(unit, source, text).map((message) => ({ unitId: unit.id, reference, message })),
    );
  });
}
