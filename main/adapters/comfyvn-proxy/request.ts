import type { JsonObject, NeutralChat, Target, WireRequest } from '../define.ts';
import { ParamLedger } from '../shared/params.ts';
import { schemaInstruction, withSystemText } from '../shared/schema-in-prompt.ts';
import { schemaRequest } from '../shared/schema-request.ts';

/** The request for `/chat`. Messages and parameters are free-form on this wire, so they go as the caller wrote them. */
export function toRequest(chat: NeutralChat, target: Target): WireRequest {
  const books = new ParamLedger(chat.params);
  const messages = withSchema(chat, books);
  if (chat.stream) {
    books.lose('stream', 'this wire does not stream: the whole reply comes at once, as one delta');
  }
  const params: JsonObject = {};
  for (const name of books.names()) params[name] = books.take(name);
  return {
    method: 'POST',
    path: '/chat',
    query: {},
    headers: {},
    body: { model: target.model, messages, ...(Object.keys(params).length > 0 ? { params } : {}) },
    ...books.close(() => 'not a parameter of this wire'),
  };
}

/** A caller's `response_format` goes on as a parameter; a schema of its own has no place but the system text. */
function withSchema(chat: NeutralChat, books: ParamLedger): NeutralChat['messages'] {
  const asked = schemaRequest(chat, books);
  if (asked?.param !== 'schema' || asked.kind !== 'schema') return chat.messages;
  books.apply('schema');
  const put = withSystemText(chat.messages, schemaInstruction(asked.schema));
  const path = `/messages/${put.index}${put.from === null ? '' : '/content'}`;
  books.rewrite(path, put.from, put.to, 'this wire carries no schema, so the system text says it');
  return put.messages;
}
