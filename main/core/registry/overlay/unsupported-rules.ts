import type { KeptModel } from '../../../../contract/model-sync.ts';
import type { ModelRule } from '../../../../contract/provider.ts';

const sampling = [
  'temperature',
  'top_p',
  'top_k',
  'top_a',
  'min_p',
  'presence_penalty',
  'frequency_penalty',
  'repetition_penalty',
  'seed',
  'stop',
  'logit_bias',
  'logprobs',
  'top_logprobs',
];

/**
 * Warnings for sampling parameters missing from a list's `supported_parameters`. None if the list does not
 * have that field, and none that one of the model's own rules already gives. OpenRouter ignores parameters
 * that a model does not support. Source: https://openrouter.ai/docs/api-reference/parameters
 */
export function unsupportedRules(facts: KeptModel, own: readonly ModelRule[]): ModelRule[] {
  if (!facts.supported_parameters?.length) return [];
  const known = new Set(facts.supported_parameters);
  const refused = new Set(own.flatMap((rule) => (rule.rule === 'refused' ? rule.params : [])));
  return sampling
    .filter((param) => !known.has(param) && !refused.has(param))
    .map((param) => ({
      rule: 'refused',
      params: [param],
      level: 'warn',
      message: `${facts.id} does not take ${param}, by the provider's list of ${facts.as_of}: it may be ignored`,
      source: `${facts.source}, ${facts.as_of}`,
    }));
}
