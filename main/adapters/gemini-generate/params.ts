import type { JsonObject } from '../define.ts';
import { jsonPointer } from '../shared/json-pointer.ts';
import type { ParamLedger } from '../shared/params.ts';
import { isObject } from '../shared/read.ts';
import { camelCase, placeOf } from './param-places.ts';

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

/** Why a parameter does not travel. Gemini refuses a request with a field it does not know. */
export function notCarried(name: string): string {
  return (
    reasons.get(name) ??
    'Gemini has no such field and refuses unknown ones: provider_options.body can add any'
  );
}

/** Puts every parameter that has a place into the body, in any of its spellings, and books it. */
export function putParams(body: JsonObject, books: ParamLedger): void {
  putWholeConfig(body, books);
  for (const [name, place] of winners(books)) {
    const own = place.at(-1);
    const said = books.take(name);
    const value = own === 'stopSequences' && typeof said === 'string' ? [said] : said;
    if (own !== name || value !== said) {
      const reason = value === said ? "Gemini's name for it" : "Gemini's name for it, and it takes a list";
      books.rewrite(jsonPointer(...place), { [name]: said }, value, reason);
    }
    put(body, place, value, books);
  }
}

/** Two names for one field (`max_tokens`, `maxOutputTokens`): the later was set over the earlier's default. */
function winners(books: ParamLedger): [string, string[]][] {
  const byPlace = new Map<string, [string, string[]]>();
  for (const name of books.names()) {
    const place = placeOf(name, books.peek(name));
    if (!place) continue;
    const earlier = byPlace.get(place.join('/'));
    if (earlier) books.drop(earlier[0], `"${name}" fills the same field and was set later`);
    byPlace.set(place.join('/'), [name, place]);
  }
  return [...byPlace.values()];
}

/** A whole `generationConfig`, as Google's own examples write it; single parameters win over its fields. */
function putWholeConfig(body: JsonObject, books: ParamLedger): void {
  for (const name of ['generationConfig', 'generation_config']) {
    if (!isObject(books.peek(name))) continue;
    for (const [field, value] of Object.entries(books.take(name) as JsonObject)) {
      const place = ['generationConfig', camelCase(field)];
      if (place[1] !== field)
        books.rewrite(jsonPointer(...place), { [field]: value }, value, "Gemini's name for it");
      put(body, place, value, books);
    }
  }
}

/** Sets one field; objects (`thinkingConfig`, `toolConfig`) are merged, and what is replaced is said. */
export function put(body: JsonObject, place: readonly string[], value: unknown, books: ParamLedger): void {
  let holder = body;
  for (const step of place.slice(0, -1)) {
    const inner = isObject(holder[step]) ? { ...holder[step] } : {};
    holder[step] = inner;
    holder = inner;
  }
  const field = place.at(-1) ?? '';
  const before = holder[field];
  if (isObject(before) && isObject(value)) {
    for (const [inner, item] of Object.entries(value)) put(body, [...place, inner], item, books);
    return;
  }
  if (before !== undefined && before !== value) {
    books.rewrite(jsonPointer(...place), before, value, 'set twice: the later one is sent');
  }
  holder[field] = value;
}
