import type { Message } from '../../../contract/chat.ts';
import type { ParameterReport } from '../shared/params.ts';

const advice = new Map<string, string>([
  ['name', 'messages have no name in this protocol: write it into the text'],
  ['cache_control', 'put it on a content part of the message'],
  ['reasoning', 'reasoning goes back as a `thinking` part with its signature'],
  ['reasoning_content', 'reasoning goes back as a `thinking` part with its signature'],
]);

/** Reports every set field that the protocol does not support as dropped, as `messages[2].name`. */
export function loseFields(
  message: Message,
  index: number,
  carried: string[],
  report: ParameterReport,
): void {
  for (const [field, value] of Object.entries(message)) {
    if (value === undefined || value === null || ['role', 'content', ...carried].includes(field)) continue;
    report.lose(
      `messages[${index}].${field}`,
      advice.get(field) ?? 'a message has no such field in this protocol',
    );
  }
}
