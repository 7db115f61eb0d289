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
 * Warnings for the sampling parameters that a list leaves out of `supported_parameters`; none where it tells nothing,
 * and none that a rule of the model's own gives already. OpenRouter ignores what a model does not take.
 * Source: https://openrouter.ai/docs/api-reference/parameters
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
