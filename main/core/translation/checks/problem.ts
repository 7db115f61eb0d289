import type { CodedText } from '../../../../contract/coded-texts.ts';

/** A problem that a mechanical check found. With severity `error`, the translation is exported only after a person accepts it. */
export interface Problem {
  code: ProblemCode;
  severity: 'error' | 'warning';
  /** A sentence for people and for the model. */
  message: string;
  /** What the message contains, for translations; records of older versions have none. */
  values?: CodedText<'unit_problem'>['values'];
  /** The parts of the two texts to highlight. */
  words?: { source: string[]; target: string[] };
}

/** A problem with a text, and the parts of the translation and of the source to highlight. */
export const problemOf = (
  severity: Problem['severity'],
  { code, message, values }: CodedText<'unit_problem'>,
  words?: Problem['words'],
): Problem => ({ code, severity, message, values, ...(words ? { words } : {}) });

export const problemCodes = [
  'missing',
  'doubled',
  'empty',
  'merged',
  'code',
  'line_breaks',
  'untranslated',
  'left_over',
  'too_wide',
  'repetition',
  'refusal',
  'explanation',
  'glossary',
  'speaker',
  'quotes',
  'fuzzy',
  'failed',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

export function worstOf(problems: readonly Problem[]): Problem['severity'] | null {
  if (problems.some(({ severity }) => severity === 'error')) return 'error';
  return problems.length ? 'warning' : null;
}
