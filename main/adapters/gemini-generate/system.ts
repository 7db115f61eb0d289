import type { Message } from '../../../contract/chat.ts';
import type { JsonObject } from '../define.ts';
import { loseFields } from '../shared/lost-fields.ts';
import type { ParameterReport } from '../shared/params.ts';
import { toParts } from '../shared/parts.ts';

export function isSystem(message: Message): boolean {
  return message.role === 'system' || message.role === 'developer';
}

/**
 * The parts of `systemInstruction`, which is text only: every system and developer message, wherever it
 * occurs. Source: https://ai.google.dev/api/generate-content (systemInstruction)
 */
export function systemParts(messages: Message[], report: ParameterReport): JsonObject[] {
  const parts: JsonObject[] = [];
  messages.forEach((message, index) => {
    if (!isSystem(message)) return;
    loseFields(message, index, ['role', 'content'], 'Gemini takes the text of a system message only', report);
    toParts(message.content).forEach((part, partIndex) => {
      if (part.kind !== 'text') {
        return report.lose(
          `messages[${index}].content[${partIndex}]`,
          'systemInstruction is text only: use a user message',
        );
      }
      const reason = movedFrom(messages, index);
      report.rewrite(`/systemInstruction/parts/${parts.length}`, `messages[${index}]`, part.text, reason);
      return parts.push({ text: part.text });
    });
  });
  return parts;
}

function movedFrom(messages: Message[], index: number): string {
  const after = messages.slice(0, index).some((message) => !isSystem(message));
  return after
    ? 'Gemini has one system text before the conversation: this one stood inside it'
    : 'Gemini has its system text outside the messages';
}
