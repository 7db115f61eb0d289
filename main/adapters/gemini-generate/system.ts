import type { Message } from '../../../contract/chat.ts';
import type { Reason } from '../../../contract/reasons.ts';
import type { JsonObject } from '../define.ts';
import { loseFields } from '../shared/lost-fields.ts';
import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';
import { toParts } from '../shared/parts.ts';

const api = 'Gemini';

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
    loseFields(
      message,
      index,
      ['role', 'content'],
      reason('system_fields_dropped', { api }, 'Gemini takes the text of a system message only'),
      report,
    );
    toParts(message.content).forEach((part, partIndex) => {
      if (part.kind !== 'text') {
        return report.lose(
          `messages[${index}].content[${partIndex}]`,
          reason('system_is_text_only', {}, 'systemInstruction is text only: use a user message'),
        );
      }
      const why = movedFrom(messages, index);
      report.rewrite(`/systemInstruction/parts/${parts.length}`, `messages[${index}]`, part.text, why);
      return parts.push({ text: part.text });
    });
  });
  return parts;
}

function movedFrom(messages: Message[], index: number): Reason {
  const after = messages.slice(0, index).some((message) => !isSystem(message));
  return after
    ? reason(
        'system_moved_to_front',
        { api },
        'Gemini has one system text before the conversation: this one stood inside it',
      )
    : reason(
        'system_outside_messages',
        { api, joined: false },
        'Gemini has its system text outside the messages',
      );
}
