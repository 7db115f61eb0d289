import type { ToolCall } from '../../../contract/chat.ts';
import type { JsonObject } from '../define.ts';

type Status = 'in_progress' | 'completed' | 'incomplete';

/** A part of a message's text. */
export function textContent(text: string): JsonObject {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}

/** A part of reasoning. Clients show the summary; nothing is encrypted here. */
export function summaryPart(text: string): JsonObject {
  return { type: 'summary_text', text };
}

/** An assistant message; `text` is undefined until some has arrived. */
export function messageItem(id: string, text: string | undefined, status: Status): JsonObject {
  const content = text === undefined ? [] : [textContent(text)];
  return { id, type: 'message', status, role: 'assistant', content };
}

export function refusalItem(id: string, refusal: string): JsonObject {
  return {
    id,
    type: 'message',
    status: 'completed',
    role: 'assistant',
    content: [{ type: 'refusal', refusal }],
  };
}

export function reasoningItem(id: string, text: string | undefined): JsonObject {
  return { id, type: 'reasoning', summary: text === undefined ? [] : [summaryPart(text)] };
}

/**
 * `extra_content` has to be sent back to the provider with the call; clients return it together with the
 * item.
 */
export function callItem(id: string, call: ToolCall, args: string, status: Status): JsonObject {
  const { extra_content } = call;
  return {
    id,
    type: 'function_call',
    status,
    arguments: args,
    call_id: call.id,
    name: call.function.name,
    ...(extra_content === undefined ? {} : { extra_content }),
  };
}
