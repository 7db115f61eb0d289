import type { Message } from '../../../contract/chat.ts';
import type { JsonObject } from '../define.ts';

/**
 * An instruction for a model that does not support schemas in its request. It contains the word JSON, which
 * OpenAI's `json_object` mode requires.
 */
export function schemaInstruction(schema?: JsonObject): string {
  if (!schema)
    return 'Reply with one JSON object and nothing else: no code fence, no text before or after it.';
  return [
    'Reply with one JSON value that fits the JSON Schema below and nothing else: no code fence, no text before or after it.',
    JSON.stringify(schema),
  ].join('\n');
}

/** Where a text was added to the messages, for `rewritten`. */
export interface SystemText {
  messages: Message[];
  /** The message that was changed or added. */
  index: number;
  /** Its previous content; null if the message is new. */
  from: unknown;
  to: unknown;
}

/**
 * Adds a text to the first system or developer message, or inserts a new system message first. Does not
 * modify its arguments.
 */
export function withSystemText(messages: Message[], text: string): SystemText {
  const index = messages.findIndex((message) => message.role === 'system' || message.role === 'developer');
  const first = messages[index];
  if (!first)
    return { messages: [{ role: 'system', content: text }, ...messages], index: 0, from: null, to: text };
  const to = Array.isArray(first.content)
    ? [...first.content, { type: 'text', text }]
    : [first.content, text].filter(Boolean).join('\n\n');
  return {
    messages: messages.with(index, { ...first, content: to }),
    index,
    from: first.content ?? null,
    to,
  };
}
