import type { Reason } from '../../../contract/reasons.ts';
import type { JsonObject } from '../define.ts';
import { jsonPointer } from '../shared/json-pointer.ts';
import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { isObject } from '../shared/read.ts';

const byEffort = new Map<unknown, boolean | string>([
  ['none', false],
  ['minimal', 'low'],
  ['xhigh', 'max'],
  ['ultra', 'max'],
]);

/** `think` for OpenAI's `reasoning_effort`, as Ollama's own OpenAI endpoint maps it (openai/openai.go). */
function thinkOf(effort: unknown): unknown {
  return byEffort.get(effort) ?? effort;
}

/** Fields beside `messages`. Source: https://docs.ollama.com/openapi.yaml (ChatRequest) and api/types.go */
const bodyFields = new Set([
  'format',
  'keep_alive',
  'think',
  'truncate',
  'shift',
  'logprobs',
  'top_logprobs',
]);

/** Other protocols' names for parameters with another name in Ollama. */
const renamed = new Map([
  ['max_tokens', 'num_predict'],
  ['max_completion_tokens', 'num_predict'],
  ['repetition_penalty', 'repeat_penalty'],
]);

const api = 'Ollama';

const refused = new Map<string, Reason>([
  ['user', reason('no_such_feature', { api, feature: 'end_user_id' }, 'Ollama takes no end-user id')],
  ['metadata', reason('no_such_feature', { api, feature: 'metadata' }, 'Ollama takes no metadata')],
  ['n', reason('one_reply', { api }, 'Ollama gives one reply a request')],
  [
    'stream_options',
    reason(
      'usage_always_reported',
      { api },
      'not needed: the last line of an Ollama stream always tells the token counts',
    ),
  ],
  ['logit_bias', reason('no_such_feature', { api, feature: 'logit_bias' }, 'Ollama has no logit bias')],
  [
    'tool_choice',
    reason(
      'tool_choice_by_model',
      { api },
      'Ollama lets the model choose: leave `tools` away to have no call',
    ),
  ],
  [
    'parallel_tool_calls',
    reason('parallel_calls_by_model', { api }, 'Ollama lets the model decide how many tools it calls'),
  ],
  [
    'response_format',
    reason(
      'plain_text_is_default',
      { api },
      'Ollama takes json_object and json_schema; plain text is what it gives without',
    ),
  ],
  ['thinking', reason('other_providers_form', { instead: 'think' }, "another provider's form: use think")],
  [
    'service_tier',
    reason('no_such_feature', { api, feature: 'service_tiers' }, 'Ollama has no service tiers'),
  ],
  ['store', reason('no_such_feature', { api, feature: 'storage' }, 'Ollama stores nothing')],
]);

/**
 * Sampling parameters go into `options`, and so do unknown names, because Ollama ignores unknown options. A
 * whole `options` object is accepted too; individual parameters take precedence over its fields.
 */
export function putParams(body: JsonObject, report: ParameterReport): void {
  const options: JsonObject = isObject(report.peek('options'))
    ? { ...(report.take('options') as JsonObject) }
    : {};
  for (const [name, why] of refused) report.drop(name, why);
  for (const [path, name] of winners(report)) {
    const original = report.take(name);
    const value =
      name === 'reasoning_effort'
        ? thinkOf(original)
        : path === '/options/stop'
          ? stopOf(original)
          : original;
    const field = path.slice(path.lastIndexOf('/') + 1);
    const inOptions = path.startsWith('/options/');
    const own = inOptions ? (renamed.get(name) ?? name) : field;
    if (own !== name || value !== original) {
      const why =
        own === name
          ? reason('takes_list', { api }, 'Ollama takes a list')
          : reason('own_name', { api }, "Ollama's name for it");
      report.rewrite(path, { [name]: original }, value, why);
    }
    const holder = inOptions ? options : body;
    if (holder[own] !== undefined && holder[own] !== value) {
      report.rewrite(
        path,
        holder[own],
        value,
        reason('set_twice_in_options', {}, 'set twice: the one outside `options` is sent'),
      );
    }
    holder[own] = value;
  }
  if (Object.keys(options).length > 0) body.options = options;
}

/** The name that sets each field; of two, the later one was set to override the earlier default. */
function winners(report: ParameterReport): Map<string, string> {
  const byPlace = new Map<string, string>();
  for (const name of report.names()) {
    const path = locationOf(name);
    const earlier = byPlace.get(path);
    if (earlier !== undefined)
      report.drop(
        earlier,
        reason('overridden_later', { param: name }, `"${name}" fills the same field and was set later`),
      );
    byPlace.set(path, name);
  }
  return byPlace;
}

function locationOf(name: string): string {
  if (name === 'reasoning_effort') return '/think';
  if (bodyFields.has(name)) return jsonPointer(name);
  return jsonPointer('options', renamed.get(name) ?? name);
}

/** The server requires a list: a single string is a 400. */
function stopOf(stop: unknown): unknown {
  return typeof stop === 'string' ? [stop] : stop;
}
