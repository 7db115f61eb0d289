import type { JsonObject, NeutralChat, Target, WireRequest } from '../define.ts';
import { ParamLedger } from '../shared/params.ts';
import { schemaRequest } from '../shared/schema-request.ts';
import { withUserTurn } from '../shared/user-turn.ts';
import { wireHeaders } from './headers.ts';
import { wireMessages } from './messages.ts';
import { dropReason, wireParams } from './params.ts';
import { structured } from './structured.ts';
import { wireSystem } from './system.ts';
import { wireTools, type WireTools } from './tools.ts';

/** The request for `POST /messages`. Values go out as given: what a model refuses is for its rules to say. */
export function toRequest(chat: NeutralChat, target: Target): WireRequest {
  const books = new ParamLedger(chat.params);
  const asked = schemaRequest(chat, books);
  const draft = {
    mode: target.structuredOutput ?? 'tool',
    fields: wireParams(books),
    tools: wireTools(books),
  };
  const { fields, tools, instruction } = structured(asked, draft, books);
  const { max_tokens, ...others } = fields;
  const messages = withUserTurn(chat.messages, '/messages', books);
  const system = wireSystem(messages, instruction, books);
  return {
    method: 'POST',
    path: '/messages',
    query: {},
    headers: wireHeaders(target.settings, books),
    body: {
      model: target.model,
      max_tokens,
      ...(system === undefined ? {} : { system }),
      messages: wireMessages(messages, books),
      ...others,
      ...toolFields(tools),
      ...(chat.stream ? { stream: true } : {}),
    },
    ...books.close(dropReason),
  };
}

function toolFields({ tools, choice }: WireTools): JsonObject {
  return {
    ...(tools.length === 0 ? {} : { tools }),
    ...(choice === undefined ? {} : { tool_choice: choice }),
  };
}
