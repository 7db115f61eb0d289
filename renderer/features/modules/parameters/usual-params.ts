export type ParamKind = 'number' | 'integer' | 'list' | 'text' | 'json';

/**
 * A parameter that the panel knows by name. Its range is the widest of all providers; a model's rules narrow
 * it.
 */
export interface UsualParam {
  name: string;
  kind: ParamKind;
  min?: number;
  max?: number;
  /** The step of one arrow-key press. */
  step?: number;
  /** The initial value if nothing is inherited. */
  start: unknown;
}

/** Shown for every preset. */
export const usualParams: readonly UsualParam[] = [
  { name: 'temperature', kind: 'number', min: 0, max: 2, step: 0.05, start: 1 },
  { name: 'top_p', kind: 'number', min: 0, max: 1, step: 0.05, start: 1 },
  { name: 'max_tokens', kind: 'integer', min: 1, step: 64, start: 1024 },
  { name: 'presence_penalty', kind: 'number', min: -2, max: 2, step: 0.1, start: 0 },
  { name: 'frequency_penalty', kind: 'number', min: -2, max: 2, step: 0.1, start: 0 },
  { name: 'seed', kind: 'integer', step: 1, start: 1 },
  { name: 'stop', kind: 'list', start: [] },
];

/** Offered when a parameter is added. */
export const furtherParams: readonly UsualParam[] = [
  { name: 'top_k', kind: 'integer', min: 0, step: 1, start: 40 },
  { name: 'min_p', kind: 'number', min: 0, max: 1, step: 0.05, start: 0.05 },
  { name: 'reasoning', kind: 'text', start: 'low' },
  { name: 'reasoning_effort', kind: 'text', start: 'low' },
  { name: 'verbosity', kind: 'text', start: 'low' },
  { name: 'thinking', kind: 'json', start: { type: 'disabled' } },
  { name: 'structured_output', kind: 'text', start: 'json_schema' },
  { name: 'response_mime_type', kind: 'text', start: 'application/json' },
  { name: 'repetition_penalty', kind: 'number', min: 0, max: 2, step: 0.05, start: 1 },
  { name: 'logit_bias', kind: 'json', start: {} },
];

const byName = new Map([...usualParams, ...furtherParams].map((param) => [param.name, param]));

function kindOf(value: unknown): ParamKind {
  if (typeof value === 'number') return 'number';
  return typeof value === 'string' ? 'text' : 'json';
}

/** The known description of a parameter; for an unknown one, derived from its value. */
export function paramNamed(name: string, value: unknown): UsualParam {
  return byName.get(name) ?? { name, kind: kindOf(value), start: value ?? '' };
}
