import type { Reason } from '../../../contract/reasons.ts';
import type { JsonObject } from '../define.ts';
import { jsonPointer } from '../shared/json-pointer.ts';
import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { isObject } from '../shared/read.ts';
import { camelCase, locationOf } from './param-places.ts';

const api = 'Gemini';
const bySystemMessages = reason(
  'filled_by_system_messages',
  {},
  'the messages fill it: use a message with the role "system"',
);

const reasons = new Map<string, Reason>([
  ['contents', reason('filled_by_messages', {}, 'the messages fill it: put the text into `messages`')],
  ['system_instruction', bySystemMessages],
  ['systemInstruction', bySystemMessages],
  ['user', reason('no_such_feature', { api, feature: 'end_user_id' }, 'Gemini takes no end-user id')],
  ['metadata', reason('no_such_feature', { api, feature: 'labels' }, 'the Gemini API takes no labels')],
  [
    'stream_options',
    reason('usage_always_reported', { api }, 'not needed: a Gemini stream always tells its token counts'),
  ],
  ['logit_bias', reason('no_such_feature', { api, feature: 'logit_bias' }, 'Gemini has no logit bias')],
  [
    'min_p',
    reason(
      'use_instead',
      { api, param: 'min_p', instead: 'top_p, top_k' },
      'Gemini has no min_p: use top_p or top_k',
    ),
  ],
  [
    'repetition_penalty',
    reason(
      'no_repetition_penalty',
      {},
      'Gemini has no repetition penalty: older models take frequency_penalty',
    ),
  ],
  [
    'parallel_tool_calls',
    reason(
      'parallel_calls_by_model',
      { api },
      'Gemini decides by itself how many functions it calls at once',
    ),
  ],
  [
    'tool_choice',
    reason(
      'tool_choice_unknown',
      {},
      'not a choice Gemini knows: use "auto", "none", "required" or one function',
    ),
  ],
  [
    'reasoning_effort',
    reason(
      'no_effort_none',
      {},
      'Gemini has no level "none": where a model can stop thinking, set thinking_budget to 0',
    ),
  ],
  [
    'response_format',
    reason(
      'plain_text_is_default',
      { api },
      'Gemini takes json_object and json_schema; plain text is what it gives without',
    ),
  ],
  [
    'thinking',
    reason(
      'other_providers_form',
      { instead: 'thinking_level, thinking_budget, include_thoughts' },
      "another provider's form: use thinking_level, thinking_budget or include_thoughts",
    ),
  ],
]);

/** Why a parameter is not sent. Gemini refuses a request with an unknown field. */
export function notCarried(name: string): Reason {
  return (
    reasons.get(name) ??
    reason(
      'unknown_field',
      { api },
      'Gemini has no such field and refuses unknown ones: provider_options.body can add any',
    )
  );
}

/** Puts every supported parameter into the body, for any of its spellings, and reports it. */
export function putParams(body: JsonObject, report: ParameterReport): void {
  putWholeConfig(body, report);
  for (const [name, path] of winners(report)) {
    const own = path.at(-1);
    const original = report.take(name);
    const value = own === 'stopSequences' && typeof original === 'string' ? [original] : original;
    if (own !== name || value !== original) {
      const why =
        value === original
          ? reason('own_name', { api }, "Gemini's name for it")
          : reason('own_name_of_list', { api }, "Gemini's name for it, and it takes a list");
      report.rewrite(jsonPointer(...path), { [name]: original }, value, why);
    }
    put(body, path, value, report);
  }
}

/**
 * If two names mean one field (`max_tokens`, `maxOutputTokens`), the later one was set to override the
 * earlier default.
 */
function winners(report: ParameterReport): [string, string[]][] {
  const byPath = new Map<string, [string, string[]]>();
  for (const name of report.names()) {
    const path = locationOf(name, report.peek(name));
    if (!path) continue;
    const earlier = byPath.get(path.join('/'));
    if (earlier)
      report.drop(
        earlier[0],
        reason('overridden_later', { param: name }, `"${name}" fills the same field and was set later`),
      );
    byPath.set(path.join('/'), [name, path]);
  }
  return [...byPath.values()];
}

/**
 * A whole `generationConfig`, as in Google's own examples; individual parameters take precedence over its
 * fields.
 */
function putWholeConfig(body: JsonObject, report: ParameterReport): void {
  for (const name of ['generationConfig', 'generation_config']) {
    if (!isObject(report.peek(name))) continue;
    for (const [field, value] of Object.entries(report.take(name) as JsonObject)) {
      const path = ['generationConfig', camelCase(field)];
      if (path[1] !== field)
        report.rewrite(
          jsonPointer(...path),
          { [field]: value },
          value,
          reason('own_name', { api }, "Gemini's name for it"),
        );
      put(body, path, value, report);
    }
  }
}

/** Sets one field; objects (`thinkingConfig`, `toolConfig`) are merged, and a replaced value is reported. */
export function put(
  body: JsonObject,
  path: readonly string[],
  value: unknown,
  report: ParameterReport,
): void {
  let holder = body;
  for (const step of path.slice(0, -1)) {
    const inner = isObject(holder[step]) ? { ...holder[step] } : {};
    holder[step] = inner;
    holder = inner;
  }
  const field = path.at(-1) ?? '';
  const before = holder[field];
  if (isObject(before) && isObject(value)) {
    for (const [inner, item] of Object.entries(value)) put(body, [...path, inner], item, report);
    return;
  }
  if (before !== undefined && before !== value) {
    report.rewrite(
      jsonPointer(...path),
      before,
      value,
      reason('set_twice', {}, 'set twice: the later one is sent'),
    );
  }
  holder[field] = value;
}
