import type { Message } from '../../../contract/chat.ts';
import type { JsonObject } from '../define.ts';
import { textOf } from '../shared/parts.ts';
import { smallestInstance } from './smallest-instance.ts';

/**
 * The stub's answer, always the same for the same input: the text of the last user message ('' if there is
 * none), or with a schema the JSON text of its smallest instance. If no instance is found, the text.
 */
export function stubReply(messages: Message[], schema?: JsonObject): string {
  const instance = schema === undefined ? undefined : smallestInstance(schema);
  if (instance !== undefined) return JSON.stringify(instance);
  return textOf(messages.findLast((message) => message.role === 'user')?.content, '\n');
}
