import type { JsonObject, NeutralChat, Target, ProviderRequest } from '../define.ts';
import { ParameterReport } from '../shared/params.ts';
import { schemaRequest } from '../shared/schema-request.ts';
import { withUserTurn } from '../shared/user-turn.ts';
import { wireHeaders } from './headers.ts';
import { wireMessages } from './messages.ts';
import { dropReason, wireParams } from './params.ts';
import { structured } from './structured.ts';
import { wireSystem } from './system.ts';
import { wireTools, type ProviderTools } from './tools.ts';

/** The request for `POST /messages`. Values are sent unchanged; the model's rules decide what it refuses. */
export function toRequest(chat: NeutralChat, target: Target): ProviderRequest {
  const report = new ParameterReport(chat.params);
  const asked = schemaRequest(chat, report);
  const draft = {
    mode: target.structuredOutput ?? 'tool',
    fields: wireParams(report),
    tools: wireTools(report),
  };
  const { fields, tools, instruction } = structured(asked, draft, report);
  const { max_tokens, ...others } = fields;
  const messages = withUserTurn(chat.messages, '/messages', report);
  const system = wireSystem(messages, instruction, report);
  return {
    method: 'POST',
    path: '/messages',
    query: {},
    headers: wireHeaders(target.settings, report),
    body: {
      model: target.model,
      max_tokens,
      ...(system === undefined ? {} : { system }),
      messages: wireMessages(messages, report),
      ...others,
      ...toolFields(tools),
      ...(chat.stream ? { stream: true } : {}),
    },
    ...report.close(dropReason),
  };
}

function toolFields({ tools, choice }: ProviderTools): JsonObject {
  return {
    ...(tools.length === 0 ? {} : { tools }),
    ...(choice === undefined ? {} : { tool_choice: choice }),
  };
}
