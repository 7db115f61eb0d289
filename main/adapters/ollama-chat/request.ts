import type { JsonObject, NeutralChat, Target, ProviderRequest } from '../define.ts';
import { ParameterReport } from '../shared/params.ts';
import { str } from '../shared/read.ts';
import { wireMessages } from './messages.ts';
import { putParams } from './params.ts';
import { putSchema } from './schema.ts';
import { putTools } from './tools.ts';

/** The request for `/api/chat`. `stream` is always set, since Ollama streams without it. */
export function toRequest(chat: NeutralChat, target: Target): ProviderRequest {
  const report = new ParameterReport(chat.params);
  const body: JsonObject = {};
  const instruction = putSchema(chat, target, body, report);
  const messages = wireMessages(chat.messages, instruction, report);
  putTools(body, report);
  putParams(body, report);
  return {
    method: 'POST',
    path: str(target.settings.chat_path) || '/api/chat',
    query: {},
    headers: {},
    body: { model: target.model, messages, stream: chat.stream, ...body },
    ...report.close(() => 'Ollama has no place for it'),
  };
}
