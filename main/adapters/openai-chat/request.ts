import type { Message } from '../../../contract/chat.ts';
import type { JsonObject, NeutralChat, Target, ProviderRequest } from '../define.ts';
import { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { isObject } from '../shared/read.ts';
import { withSystemText } from '../shared/schema-in-prompt.ts';
import { schemaRequest } from '../shared/schema-request.ts';
import { readToolChoice } from '../shared/tools.ts';
import type { Dialect } from './dialect.ts';
import { schemaFields } from './schema.ts';

/**
 * The request for `POST /chat/completions`. Messages, tools and parameters are sent unchanged, including
 * unknown ones, because compatible servers accept many that OpenAI does not.
 */
export function toRequest(dialect: Dialect, chat: NeutralChat, target: Target): ProviderRequest {
  const report = new ParameterReport(chat.params);
  const asked = schemaRequest(chat, report);
  const mode = target.structuredOutput ?? dialect.structuredOutput(target.settings);
  const schema = asked ? schemaFields(asked, mode, dialect, report) : { fields: {} };
  const messages = wireMessages(
    chat.messages,
    schema.instruction,
    dialect.developerRole(target.settings),
    report,
  );
  const stream = streamFields(dialect, chat.stream, target, report);
  const params = passedOn(dialect, report);
  const { path, query } = dialect.endpoint(target);
  const { applied, dropped, rewritten } = report.close(() =>
    reason('not_a_parameter', {}, 'not a parameter of this protocol'),
  );
  const model = dialect.modelInBody(target);
  const body: JsonObject = model === null ? { messages } : { model, messages };
  for (const fields of [params, schema.fields, stream]) for (const name in fields) body[name] = fields[name];
  return {
    method: 'POST',
    path,
    query,
    headers: dialect.headers(target.settings),
    body,
    applied,
    dropped,
    rewritten,
  };
}

function wireMessages(
  messages: Message[],
  instruction: string | undefined,
  takesDeveloper: boolean,
  report: ParameterReport,
): Message[] {
  const put = instruction === undefined ? undefined : withSystemText(messages, instruction);
  if (put) {
    const why = reason(
      'schema_not_carried',
      {},
      'the protocol does not carry the schema for this model, so the system text says it',
    );
    report.rewrite(`/messages/${put.index}${put.from === null ? '' : '/content'}`, put.from, put.to, why);
  }
  const all = put?.messages ?? messages;
  if (takesDeveloper) return all;
  return all.map((message, index) => {
    if (message.role !== 'developer') return message;
    report.rewrite(
      `/messages/${index}/role`,
      'developer',
      'system',
      reason('no_developer_role', { api: null }, 'this server refuses the role "developer"'),
    );
    return { ...message, role: 'system' };
  });
}

/** `stream_options` is refused without `stream`; a caller's own `include_usage` stays unchanged. */
function streamFields(
  dialect: Dialect,
  stream: boolean,
  target: Target,
  report: ParameterReport,
): JsonObject {
  if (!stream) {
    report.drop(
      'stream_options',
      reason('only_with', { param: 'stream: true' }, 'it is only taken together with `stream: true`'),
    );
    return {};
  }
  const asks = dialect.asksUsage(target.settings);
  const requested = report.take('stream_options');
  if (requested === undefined)
    return { stream: true, ...(asks ? { stream_options: { include_usage: true } } : {}) };
  if (!asks || !isObject(requested) || requested.include_usage !== undefined)
    return { stream: true, stream_options: requested };
  report.rewrite(
    '/stream_options/include_usage',
    null,
    true,
    reason('usage_on_request', {}, 'a stream tells its token counts only when asked'),
  );
  return { stream: true, stream_options: { ...requested, include_usage: true } };
}

function passedOn(dialect: Dialect, report: ParameterReport): JsonObject {
  const fields: JsonObject = {};
  for (const name of report.names()) fields[name] = report.take(name);
  const named = readToolChoice(fields.tool_choice);
  if (!dialect.namedToolChoice && typeof named === 'object') {
    const why = reason('tool_choice_modes', {}, 'this server takes none, auto and required only');
    report.rewrite('/tool_choice', fields.tool_choice, 'required', why);
    fields.tool_choice = 'required';
  }
  return fields;
}
