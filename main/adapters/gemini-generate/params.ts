import type { JsonObject } from '../define.ts';
import { jsonPointer } from '../shared/json-pointer.ts';
import type { ParameterReport } from '../shared/params.ts';
import { isObject } from '../shared/read.ts';
import { camelCase, locationOf } from './param-places.ts';

const reasons = new Map([
  ['contents', 'the messages fill it: put the text into `messages`'],
  ['system_instruction', 'the messages fill it: use a message with the role "system"'],
  ['systemInstruction', 'the messages fill it: use a message with the role "system"'],
  ['user', 'Gemini takes no end-user id'],
  ['metadata', 'the Gemini API takes no labels'],
  ['stream_options', 'not needed: a Gemini stream always tells its token counts'],
  ['logit_bias', 'Gemini has no logit bias'],
  ['min_p', 'Gemini has no min_p: use top_p or top_k'],
  ['repetition_penalty', 'Gemini has no repetition penalty: older models take frequency_penalty'],
  ['parallel_tool_calls', 'Gemini decides by itself how many functions it calls at once'],
  ['tool_choice', 'not a choice Gemini knows: use "auto", "none", "required" or one function'],
  [
    'reasoning_effort',
    'Gemini has no level "none": where a model can stop thinking, set thinking_budget to 0',
  ],
  ['response_format', 'Gemini takes json_object and json_schema; plain text is what it gives without'],
  ['thinking', "another provider's form: use thinking_level, thinking_budget or include_thoughts"],
]);

/** Why a parameter is not sent. Gemini refuses a request with an unknown field. */
export function notCarried(name: string): string {
  return (
    reasons.get(name) ??
    'Gemini has no such field and refuses unknown ones: provider_options.body can add any'
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
      const reason =
        value === original ? "Gemini's name for it" : "Gemini's name for it, and it takes a list";
      report.rewrite(jsonPointer(...path), { [name]: original }, value, reason);
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
    if (earlier) report.drop(earlier[0], `"${name}" fills the same field and was set later`);
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
        report.rewrite(jsonPointer(...path), { [field]: value }, value, "Gemini's name for it");
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
    report.rewrite(jsonPointer(...path), before, value, 'set twice: the later one is sent');
  }
  holder[field] = value;
}
