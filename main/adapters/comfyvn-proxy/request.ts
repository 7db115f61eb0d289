import type { JsonObject, NeutralChat, Target, ProviderRequest } from '../define.ts';
import { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { schemaInstruction, withSystemText } from '../shared/schema-in-prompt.ts';
import { schemaRequest } from '../shared/schema-request.ts';

/**
 * The request for `/chat`. Messages and parameters are free-form in this protocol, so they are sent
 * unchanged.
 */
export function toRequest(chat: NeutralChat, target: Target): ProviderRequest {
  const report = new ParameterReport(chat.params);
  const messages = withSchema(chat, report);
  if (chat.stream) {
    report.lose(
      'stream',
      reason(
        'no_streaming',
        {},
        'this protocol does not stream: the whole reply comes at once, as one delta',
      ),
    );
  }
  const params: JsonObject = {};
  for (const name of report.names()) params[name] = report.take(name);
  return {
    method: 'POST',
    path: '/chat',
    query: {},
    headers: {},
    body: { model: target.model, messages, ...(Object.keys(params).length > 0 ? { params } : {}) },
    ...report.close(() => reason('not_a_parameter', {}, 'not a parameter of this protocol')),
  };
}

/** A caller's `response_format` is sent as a parameter; a schema can only go into the system text. */
function withSchema(chat: NeutralChat, report: ParameterReport): NeutralChat['messages'] {
  const asked = schemaRequest(chat, report);
  if (asked?.param !== 'schema' || asked.kind !== 'schema') return chat.messages;
  report.apply('schema');
  const put = withSystemText(chat.messages, schemaInstruction(asked.schema));
  const path = `/messages/${put.index}${put.from === null ? '' : '/content'}`;
  report.rewrite(
    path,
    put.from,
    put.to,
    reason('schema_not_carried', {}, 'this protocol carries no schema, so the system text says it'),
  );
  return put.messages;
}
