import type { JsonObject, NeutralChat, Target, ProviderRequest } from '../define.ts';
import { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { str, arr } from '../shared/read.ts';
import { wireMessages } from './messages.ts';
import { putParams } from './params.ts';
import { putSchema } from './schema.ts';
import { readTools } from '../shared/tools.ts';

/**
 * Function tools in OpenAI's format, which Ollama shares. Source:
 * https://docs.ollama.com/capabilities/tool-calling
 */
function putTools(body: JsonObject, report: ParameterReport): void {
  const { tools, others } = readTools(report.peek('tools'));
  for (const index of others)
    report.lose(
      `tools[${index}]`,
      reason('not_a_function', { api: 'Ollama', own: false }, 'Ollama takes functions only'),
    );
  if (tools.length === 0) {
    const why = reason('no_tool_left', { api: 'Ollama', own: false }, 'none of them is a function');
    return report.drop('tools', why);
  }
  const list = arr(report.take('tools'));
  body.tools = tools.map((tool) => list[tool.index]);
}

/** The request for `/api/chat`. `stream` is always set, because Ollama streams by default. */
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
    ...report.close(() => reason('not_a_parameter', {}, 'Ollama has no place for it')),
  };
}
