import type { JsonObject, NeutralChat, Target, WireRequest } from '../define.ts';
import { ParamLedger } from '../shared/params.ts';
import { str } from '../shared/read.ts';
import { wireMessages } from './messages.ts';
import { putParams } from './params.ts';
import { putSchema } from './schema.ts';
import { putTools } from './tools.ts';

/** The request for `/api/chat`. `stream` is always said, since Ollama streams when it is not. */
export function toRequest(chat: NeutralChat, target: Target): WireRequest {
  const books = new ParamLedger(chat.params);
  const body: JsonObject = {};
  const instruction = putSchema(chat, target, body, books);
  const messages = wireMessages(chat.messages, instruction, books);
  putTools(body, books);
  putParams(body, books);
  return {
    method: 'POST',
    path: str(target.settings.chat_path) || '/api/chat',
    query: {},
    headers: {},
    body: { model: target.model, messages, stream: chat.stream, ...body },
    ...books.close(() => 'Ollama has no place for it'),
  };
}
