import type { JsonObject, NeutralChat, Target, ProviderRequest } from '../define.ts';
import { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { schemaRequest } from '../shared/schema-request.ts';

/** The request as the caller sent it: the stub accepts any message and parameter. */
export function toRequest(chat: NeutralChat, target: Target): ProviderRequest {
  const report = new ParameterReport(chat.params);
  const asked = schemaRequest(chat, report);
  const schema = asked?.param === 'schema' && asked.kind === 'schema' ? asked.schema : undefined;
  if (schema) report.apply('schema');
  const params: JsonObject = {};
  for (const name of report.names()) params[name] = report.take(name);
  return {
    method: 'POST',
    path: '/echo',
    query: {},
    headers: {},
    body: {
      model: target.model,
      messages: chat.messages,
      ...(schema ? { schema } : {}),
      ...(Object.keys(params).length > 0 ? { params } : {}),
      stream: chat.stream,
    },
    ...report.close(() => reason('not_a_parameter', {}, 'not a parameter of the stub')),
  };
}
