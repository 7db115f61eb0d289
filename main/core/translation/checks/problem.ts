/** What a mechanical check found wrong with a translation. `error`: it is not exported as it is. */
export interface Problem {
  code: ProblemCode;
  severity: 'error' | 'warning';
  /** For people. */
  message: string;
  /** What it is about, as it stands in the two texts. */
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
