import type { Dropped, Rewritten } from '../../../../contract/plan.ts';
import type { AdapterName } from '../../../../contract/provider.ts';
import { reasoningLevels, type ReasoningFacts, type ReasoningLevel } from '../../../../contract/rule-book.ts';
import { deepMerge, isObject, type JsonObject } from '../../lib/json.ts';

/** Provider-specific fields for the neutral parameter `reasoning`. */
const ownFields = [
  'reasoning_effort',
  'thinking',
  'thinking_level',
  'thinkingLevel',
  'thinking_budget',
  'thinkingBudget',
  'thinking_config',
  'thinkingConfig',
  'think',
];

const smallestBudget = 1024;

/** Options with `reasoning` translated into the provider's fields. */
export interface ReasonedOptions {
  options: JsonObject;
  applied: string[];
  dropped: Dropped[];
  rewritten: Rewritten[];
  /** Names in `options` that only this translation set. */
  added: string[];
}

function isLevel(value: unknown): value is ReasoningLevel {
  return reasoningLevels.some((level) => level === value);
}

/** A thinking budget is part of `max_tokens` and has to be smaller; null if no room is left. */
function fitBudget(params: JsonObject, maxTokens: unknown): JsonObject | null {
  const thinking = params['thinking'];
  if (!isObject(thinking) || typeof thinking['budget_tokens'] !== 'number') return params;
  if (typeof maxTokens !== 'number' || thinking['budget_tokens'] < maxTokens) return params;
  const budget = Math.max(smallestBudget, Math.floor(maxTokens / 2));
  return budget < maxTokens ? { ...params, thinking: { ...thinking, budget_tokens: budget } } : null;
}

/** Every leaf value in `params`, with its JSON pointer in the adapter's request body. */
function leaves(params: JsonObject, adapter: AdapterName): [path: string, value: unknown][] {
  const root = adapter === 'gemini' ? '/generationConfig' : '';
  const walk = (value: unknown, path: string): [string, unknown][] =>
    isObject(value)
      ? Object.entries(value).flatMap(([name, inner]) => walk(inner, `${path}/${name}`))
      : [[path, value]];
  return walk(params, root);
}

function dropping(options: JsonObject, reason: string): ReasonedOptions {
  const { reasoning: _reasoning, ...others } = options;
  return {
    options: others,
    applied: [],
    dropped: [{ param: 'reasoning', reason }],
    rewritten: [],
    added: [],
  };
}

/**
 * Translates `reasoning: off|minimal|low|medium|high|max` into the model's own parameters. If a
 * provider-specific field is set too, the one set later wins. An object is OpenRouter's own field and is
 * passed on. A string for a ComfyVN server is passed on as well, because that server translates it itself.
 */
export function translateReasoning(
  facts: ReasoningFacts | null,
  adapter: AdapterName,
  model: string,
  options: JsonObject,
): ReasonedOptions {
  const level = options['reasoning'];
  if (typeof level !== 'string' || adapter === 'proxy')
    return { options, applied: [], dropped: [], rewritten: [], added: [] };
  if (!isLevel(level))
    return dropping(options, `"${level}" is not a reasoning level: use one of ${reasoningLevels.join(', ')}`);
  const names = Object.keys(options);
  const own = ownFields.filter((name) => options[name] !== undefined);
  const later = own.find((name) => names.indexOf(name) > names.indexOf('reasoning'));
  if (later) return dropping(options, `\`${later}\` is set too, the provider's own field for it, and wins`);
  if (!facts)
    return dropping(
      options,
      `the reasoning parameters of ${model} are unknown: use its provider's own field`,
    );

  const { reasoning: _reasoning, ...rest } = options;
  const others = Object.fromEntries(Object.entries(rest).filter(([name]) => !own.includes(name)));
  const overruled = own.map((param) => ({
    param,
    reason: '`reasoning` was set later, and says how much to think',
  }));
  const note = facts.notes?.[level];
  const wanted = facts.levels[level];
  const params = wanted && fitBudget(wanted, options['max_tokens'] ?? options['max_completion_tokens']);
  if (!params) {
    const why = wanted ? 'max_tokens leaves no room to think' : (note ?? `${model} cannot be told to`);
    return { ...dropping(others, why), dropped: [{ param: 'reasoning', reason: why }, ...overruled] };
  }
  const reason = note ?? `how ${model} takes reasoning "${level}"`;
  const places = leaves(params, adapter);
  const from = { reasoning: level };
  const rewritten: Rewritten[] = places.map(([path, to]) => ({ path, from, to, reason }));
  return {
    options: deepMerge(others, params),
    applied: ['reasoning'],
    dropped: overruled,
    // If nothing has to be sent, that is reported for the body as a whole.
    rewritten: rewritten.length ? rewritten : [{ path: '', from, to: null, reason }],
    added: Object.keys(params).filter((name) => !(name in others)),
  };
}
