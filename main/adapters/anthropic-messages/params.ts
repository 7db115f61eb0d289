import type { JsonObject } from '../define.ts';
import type { ParameterReport } from '../shared/params.ts';
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
    report.drop('max_completion_tokens', '`max_tokens` is set too, and is what this protocol takes');
    return limit;
  }
  const renamed = report.take('max_completion_tokens');
  if (renamed !== undefined) {
    report.rewrite(
      '/max_tokens',
      { max_completion_tokens: renamed },
      renamed,
      'this protocol calls it max_tokens',
    );
    return renamed;
  }
  const value = defaultMaxTokens + (num(obj(report.peek('thinking')).budget_tokens) ?? 0);
  report.rewrite('/max_tokens', null, value, 'this protocol requires max_tokens, and none was set');
  return value;
}

/** The API refuses a stop sequence of only white space ("each stop sequence must contain non-whitespace"). */
function takeStop(report: ParameterReport, fields: JsonObject): void {
  if (fields.stop_sequences !== undefined) {
    report.drop('stop', '`stop_sequences` is set too, and is what this protocol takes');
    return;
  }
  const stop = report.peek('stop');
  if (stop === undefined) return;
  const sequences = (Array.isArray(stop) ? stop : [stop]).filter((entry) => str(entry)?.trim() !== '');
  if (sequences.length === 0) {
    report.drop('stop', 'this protocol refuses stop sequences of blanks only: stop at a visible text');
    return;
  }
  report.take('stop');
  fields.stop_sequences = sequences;
  const blanks = arr(stop).length > sequences.length ? '; it refuses sequences of blanks only' : '';
  report.rewrite('/stop_sequences', { stop }, sequences, `this protocol calls it stop_sequences${blanks}`);
}

function takeUser(report: ParameterReport, fields: JsonObject): void {
  const metadata = fields.metadata;
  if (metadata !== undefined && (!isObject(metadata) || 'user_id' in metadata)) {
    report.drop('user', '`metadata` says the user in this protocol’s own way');
    return;
  }
  const user = report.take('user');
  if (user === undefined) return;
  fields.metadata = { ...obj(metadata), user_id: user };
  report.rewrite('/metadata/user_id', { user }, user, 'this protocol keeps the user in metadata');
}

function takeEffort(report: ParameterReport, fields: JsonObject): void {
  const effort = report.peek('reasoning_effort');
  if (effort === undefined) return;
  const config = fields.output_config;
  if (config !== undefined && (!isObject(config) || 'effort' in config)) {
    report.drop('reasoning_effort', '`output_config` says the effort in this protocol’s own way');
  } else if (!efforts.includes(str(effort) ?? '')) {
    report.drop(
      'reasoning_effort',
      `this protocol has ${efforts.join(', ')}; \`thinking: {type: "disabled"}\` turns it off`,
    );
  } else {
    report.take('reasoning_effort');
    fields.output_config = { ...obj(config), effort };
    report.rewrite(
      '/output_config/effort',
      { reasoning_effort: effort },
      effort,
      'this protocol’s name for it',
    );
  }
}

const advice = new Map<string, string>([
  ['n', 'a call gives one reply in this protocol: send the chat several times'],
  ['stream_options', 'a stream tells its token counts in this protocol without being asked'],
  ['response_format', 'not a format this protocol knows: text comes without it, a schema goes into `schema`'],
  ['functions', 'the old name of tools: use `tools`'],
  ['function_call', 'the old name of tool_choice: use `tool_choice`'],
  ['reasoning', 'in this protocol it is `thinking`, or `reasoning_effort`'],
  [
    'think',
    'in this protocol it is `thinking: {type: "adaptive"}`, for older models {type: "enabled", budget_tokens}',
  ],
  ['parallel_tool_calls', 'only taken together with `tools`'],
]);

const unknownField =
  'Anthropic’s Messages API has no such field: `provider_options.body` sends it all the same';

/** Why a parameter is not supported, and what to use instead. */
export function dropReason(name: string): string {
  return advice.get(name) ?? unknownField;
}
