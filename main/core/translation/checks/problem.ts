/** A problem that a mechanical check found. With severity `error`, the translation is exported only after a person accepts it. */
export interface Problem {
  code: ProblemCode;
  severity: 'error' | 'warning';
  /** A sentence for people and for the model. */
  message: string;
  /** The parts of the two texts to highlight. */
  words?: { source: string[]; target: string[] };
}

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
