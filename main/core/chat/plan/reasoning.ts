import type { CodedDropped, CodedRewritten } from '../../../../contract/plan.ts';
import type { AdapterName } from '../../../../contract/provider.ts';
import type { Reason } from '../../../../contract/reasons.ts';
import { reasoningLevels, type ReasoningFacts, type ReasoningLevel } from '../../../../contract/rule-book.ts';
import { reason, reasonFields } from '../../../adapters/shared/reason.ts';
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
  dropped: CodedDropped[];
  rewritten: CodedRewritten[];
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

function dropping(options: JsonObject, why: Reason): ReasonedOptions {
  const { reasoning: _reasoning, ...others } = options;
  return {
    options: others,
    applied: [],
    dropped: [{ param: 'reasoning', ...reasonFields(why) }],
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
  if (!isLevel(level)) {
    const levels = reasoningLevels.join(', ');
    const text = `"${level}" is not a reasoning level: use one of ${levels}`;
    return dropping(options, reason('unknown_level', { level, levels }, text));
  }
  const names = Object.keys(options);
  const own = ownFields.filter((name) => options[name] !== undefined);
  const later = own.find((name) => names.indexOf(name) > names.indexOf('reasoning'));
  if (later) {
    const text = `\`${later}\` is set too, the provider's own field for it, and wins`;
    return dropping(options, reason('own_parameter_set', { param: later }, text));
  }
  if (!facts) {
    const text = `the reasoning parameters of ${model} are unknown: use its provider's own field`;
    return dropping(options, reason('reasoning_unknown', { model }, text));
  }

  const { reasoning: _reasoning, ...rest } = options;
  const others = Object.fromEntries(Object.entries(rest).filter(([name]) => !own.includes(name)));
  const set = reason(
    'overridden_later',
    { param: 'reasoning' },
    '`reasoning` was set later, and says how much to think',
  );
  const overruled = own.map((param) => ({ param, ...reasonFields(set) }));
  const noted = facts.notes?.[level];
  const note = noted === undefined ? undefined : reason('reasoning_note', { text: noted }, noted);
  const wanted = facts.levels[level];
  const params = wanted && fitBudget(wanted, options['max_tokens'] ?? options['max_completion_tokens']);
  if (!params) {
    const why = wanted
      ? reason('no_room_to_think', {}, 'max_tokens leaves no room to think')
      : (note ?? reason('reasoning_impossible', { model }, `${model} cannot be told to`));
    const without = dropping(others, why);
    return { ...without, dropped: [...without.dropped, ...overruled] };
  }
  const why = reasonFields(
    note ?? reason('reasoning_translated', { model, level }, `how ${model} takes reasoning "${level}"`),
  );
  const places = leaves(params, adapter);
  const from = { reasoning: level };
  const rewritten = places.map(([path, to]) => ({ path, from, to, ...why }));
  return {
    options: deepMerge(others, params),
    applied: ['reasoning'],
    dropped: overruled,
    // If nothing has to be sent, that is reported for the body as a whole.
    rewritten: rewritten.length ? rewritten : [{ path: '', from, to: null, ...why }],
    added: Object.keys(params).filter((name) => !(name in others)),
  };
}
