import { mentionsTerm } from '../scores/check-expectations.ts';
import { matchedTerms } from '../sets/export-units.ts';
import type { TrialSet, TrialUnit } from '../sets/trial-set.ts';
import { withoutCode } from '../../translation/text/code-tokens.ts';
import { compareCode } from '../../translation/text/compare-code.ts';

/** A reference that would mislead a judge. */
export interface ReferenceProblem {
  unitId: string;
  /** Index in `references`. */
  reference: number;
  message: string;
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
