import type { Message } from '../../../contract/chat.ts';
import type { JsonObject } from '../define.ts';
import { loseFields } from '../shared/lost-fields.ts';
import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { withSystemText } from '../shared/schema-in-prompt.ts';
import { wireContent } from './content.ts';
import { answerFields, wireCalls } from './tool-messages.ts';

const carried: Record<Message['role'], readonly string[]> = {
  system: ['role', 'content'],
  developer: ['role', 'content'],
  user: ['role', 'content'],
  assistant: ['role', 'content', 'tool_calls', 'thinking', 'reasoning_content', 'reasoning'],
  tool: ['role', 'content', 'tool_call_id', 'name', 'tool_name'],
};

/**
 * Messages as text with separate images. `instruction` is added to the system text. Source:
 * https://docs.ollama.com/openapi.yaml (ChatMessage) and api/types.go (Message)
 */
export function wireMessages(
  messages: Message[],
  instruction: string | undefined,
  report: ParameterReport,
): JsonObject[] {
  const put = instruction === undefined ? undefined : withSystemText(messages, instruction);
  const added = put && put.from === null ? 1 : 0;
  if (put) {
    const why = reason(
      'schema_in_system_text',
      { mode: null },
      'the schema travels in the system text, since structured_output says so',
    );
    report.rewrite(`/messages/${put.index}${added ? '' : '/content'}`, put.from, put.to, why);
  }
  messages.forEach((message, index) => {
    loseFields(
      message,
      index,
      carried[message.role],
      reason('unknown_message_field', { api: 'Ollama' }, 'an Ollama message has no such field'),
      report,
    );
  });
  return (put?.messages ?? messages).map((message, at) =>
    wireMessage(message, at, at - added, messages, report),
  );
}

/** `at` is the position in the request, `index` the position in the caller's list. */
function wireMessage(
  message: Message,
  at: number,
  index: number,
  messages: Message[],
  report: ParameterReport,
): JsonObject {
  const path = `/messages/${at}`;
  const { text, images } = wireContent(message, index, path, report);
  if (message.role === 'developer') {
    report.rewrite(
      `${path}/role`,
      'developer',
      'system',
      reason('no_developer_role', { api: 'Ollama' }, 'Ollama has no role "developer"'),
    );
  }
  return {
    role: message.role === 'developer' ? 'system' : message.role,
    content: text,
    ...(images.length > 0 ? { images } : {}),
    ...(message.role === 'assistant'
      ? { ...thinkingOf(message, path, report), ...wireCalls(message, path, report) }
      : {}),
    ...(message.role === 'tool' ? answerFields(message, index, path, messages, report) : {}),
  };
}

/** A model's earlier reasoning, under the name in the caller's protocol. */
function thinkingOf(message: Message, path: string, report: ParameterReport): JsonObject {
  for (const name of ['thinking', 'reasoning_content', 'reasoning']) {
    const thinking = message[name];
    if (typeof thinking !== 'string' || thinking === '') continue;
    if (name !== 'thinking')
      report.rewrite(
        `${path}/thinking`,
        { [name]: thinking },
        thinking,
        reason('own_name', { api: 'Ollama' }, "Ollama's name for it"),
      );
    return { thinking };
  }
  return {};
}
