import type { Message } from '../../../contract/chat.ts';
import { textOf } from '../shared/parts.ts';

/** The stub's answer without a schema: the text of the last user message, or '' if there is none. */
export function stubReply(messages: Message[]): string {
  return textOf(messages.findLast((message) => message.role === 'user')?.content, '\n');
}
