import type { Reason } from '../../../contract/reasons.ts';
import type { JsonObject } from '../define.ts';
import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { arr, isObject, num, obj, str } from '../shared/read.ts';

/**
 * The protocol's own parameters, sent unchanged. Source:
 * https://platform.claude.com/docs/en/api/messages/create
 */
export const nativeParams = [
  'temperature',
  'top_p',
  'top_k',
  'stop_sequences',
  'thinking',
  'metadata',
  'service_tier',
  'output_config',
  'output_format',
  'cache_control',
  'container',
  'context_management',
  'mcp_servers',
  'inference_geo',
  'speed',
  'fallbacks',
  'fallback_credit_token',
  'diagnostics',
];

const api = 'Anthropic';
const efforts = ['low', 'medium', 'high', 'xhigh', 'max'];
const defaultMaxTokens = 4096;

/** The body's fields from parameters, except tools and structured output. */
export function wireParams(report: ParameterReport): JsonObject {
  const fields: JsonObject = { max_tokens: maxTokens(report) };
  for (const name of nativeParams) {
    const value = report.take(name);
    if (value !== undefined) fields[name] = value;
  }
  takeStop(report, fields);
  takeUser(report, fields);
  takeEffort(report, fields);
  return fields;
}

/** Required in this protocol. It includes the thinking budget and must exceed it. */
function maxTokens(report: ParameterReport): unknown {
  const limit = report.take('max_tokens');
  if (limit !== undefined) {
    report.drop(
      'max_completion_tokens',
      reason(
        'own_parameter_set',
        { param: 'max_tokens' },
        '`max_tokens` is set too, and is what this protocol takes',
      ),
    );
    return limit;
  }
  const renamed = report.take('max_completion_tokens');
  if (renamed !== undefined) {
    report.rewrite(
      '/max_tokens',
      { max_completion_tokens: renamed },
      renamed,
      reason('own_name', { api }, 'this protocol calls it max_tokens'),
    );
    return renamed;
  }
  const value = defaultMaxTokens + (num(obj(report.peek('thinking')).budget_tokens) ?? 0);
  report.rewrite(
    '/max_tokens',
    null,
    value,
    reason('max_tokens_required', {}, 'this protocol requires max_tokens, and none was set'),
  );
  return value;
}

/** The API refuses a stop sequence of only white space ("each stop sequence must contain non-whitespace"). */
function takeStop(report: ParameterReport, fields: JsonObject): void {
  if (fields.stop_sequences !== undefined) {
    report.drop(
      'stop',
      reason(
        'own_parameter_set',
        { param: 'stop_sequences' },
        '`stop_sequences` is set too, and is what this protocol takes',
      ),
    );
    return;
  }
  const stop = report.peek('stop');
  if (stop === undefined) return;
  const sequences = (Array.isArray(stop) ? stop : [stop]).filter((entry) => str(entry)?.trim() !== '');
  if (sequences.length === 0) {
    report.drop(
      'stop',
      reason(
        'stop_of_blanks',
        {},
        'this protocol refuses stop sequences of blanks only: stop at a visible text',
      ),
    );
    return;
  }
  report.take('stop');
  fields.stop_sequences = sequences;
  const text = 'this protocol calls it stop_sequences';
  const why =
    arr(stop).length > sequences.length
      ? reason('own_name_without_blanks', { api }, `${text}; it refuses sequences of blanks only`)
      : reason('own_name', { api }, text);
  report.rewrite('/stop_sequences', { stop }, sequences, why);
}

function takeUser(report: ParameterReport, fields: JsonObject): void {
  const metadata = fields.metadata;
  if (metadata !== undefined && (!isObject(metadata) || 'user_id' in metadata)) {
    report.drop(
      'user',
      reason(
        'own_parameter_set',
        { param: 'metadata' },
        '`metadata` says the user in this protocol’s own way',
      ),
    );
    return;
  }
  const user = report.take('user');
  if (user === undefined) return;
  fields.metadata = { ...obj(metadata), user_id: user };
  report.rewrite(
    '/metadata/user_id',
    { user },
    user,
    reason('user_in_metadata', {}, 'this protocol keeps the user in metadata'),
  );
}

function takeEffort(report: ParameterReport, fields: JsonObject): void {
  const effort = report.peek('reasoning_effort');
  if (effort === undefined) return;
  const config = fields.output_config;
  if (config !== undefined && (!isObject(config) || 'effort' in config)) {
    report.drop(
      'reasoning_effort',
      reason(
        'own_parameter_set',
        { param: 'output_config' },
        '`output_config` says the effort in this protocol’s own way',
      ),
    );
  } else if (!efforts.includes(str(effort) ?? '')) {
    const text = `this protocol has ${efforts.join(', ')}; \`thinking: {type: "disabled"}\` turns it off`;
    report.drop('reasoning_effort', reason('effort_unknown', { efforts: efforts.join(', ') }, text));
  } else {
    report.take('reasoning_effort');
    fields.output_config = { ...obj(config), effort };
    report.rewrite(
      '/output_config/effort',
      { reasoning_effort: effort },
      effort,
      reason('own_name', { api }, 'this protocol’s name for it'),
    );
  }
}

const advice = new Map<string, Reason>([
  ['n', reason('one_reply', { api }, 'a call gives one reply in this protocol: send the chat several times')],
  [
    'stream_options',
    reason(
      'usage_always_reported',
      { api },
      'a stream tells its token counts in this protocol without being asked',
    ),
  ],
  [
    'response_format',
    reason(
      'format_unknown',
      {},
      'not a format this protocol knows: text comes without it, a schema goes into `schema`',
    ),
  ],
  ['functions', reason('old_name', { instead: 'tools' }, 'the old name of tools: use `tools`')],
  [
    'function_call',
    reason('old_name', { instead: 'tool_choice' }, 'the old name of tool_choice: use `tool_choice`'),
  ],
  ['reasoning', reason('use_thinking', {}, 'in this protocol it is `thinking`, or `reasoning_effort`')],
  [
    'think',
    reason(
      'use_thinking_type',
      {},
      'in this protocol it is `thinking: {type: "adaptive"}`, for older models {type: "enabled", budget_tokens}',
    ),
  ],
  ['parallel_tool_calls', reason('only_with', { param: 'tools' }, 'only taken together with `tools`')],
]);

const unknownField = reason(
  'unknown_field',
  { api },
  'Anthropic’s Messages API has no such field: `provider_options.body` sends it all the same',
);

/** Why a parameter is not supported, and what to use instead. */
export function dropReason(name: string): Reason {
  return advice.get(name) ?? unknownField;
}
