import type { Message } from '../../../contract/chat.ts';
import type { JsonObject } from '../define.ts';
import { textOf } from '../shared/parts.ts';
import { smallestInstance } from './smallest-instance.ts';

/**
 * What the stub answers, always the same for the same input: the text of the last user message ('' where there is
 * none), or with a schema the JSON text of the smallest instance that satisfies it. Where none is found, the echo.
 */
export function stubReply(messages: Message[], schema?: JsonObject): string {
  const instance = schema === undefined ? undefined : smallestInstance(schema);
  if (instance !== undefined) return JSON.stringify(instance);
  return textOf(messages.findLast((message) => message.role === 'user')?.content, '\n');
}
