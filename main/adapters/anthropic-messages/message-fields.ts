import type { Message } from '../../../contract/chat.ts';
import type { Reason } from '../../../contract/reasons.ts';
import type { ParameterReport } from '../shared/params.ts';
import { reason } from '../shared/reason.ts';

const asThinkingPart = reason(
  'reasoning_as_thinking_part',
  {},
  'reasoning goes back as a `thinking` part with its signature',
);

const advice = new Map<string, Reason>([
  ['name', reason('no_message_name', {}, 'messages have no name in this protocol: write it into the text')],
  ['cache_control', reason('cache_control_on_part', {}, 'put it on a content part of the message')],
  ['reasoning', asThinkingPart],
  ['reasoning_content', asThinkingPart],
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
      advice.get(field) ??
        reason('unknown_message_field', { api: 'Anthropic' }, 'a message has no such field in this protocol'),
    );
  }
}
