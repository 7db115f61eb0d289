import type { FinishReason, ToolCall, Usage } from '../../../contract/chat.ts';
import type { Answer, JsonObject, ReplyMeta } from '../define.ts';
import {
  callsOf,
  estimatedField,
  knownUsage,
  noticesOf,
  replyText,
  warningsField,
} from '../shared/answer.ts';
import { argumentsOrText } from '../shared/neutral-tools.ts';

const stopReasons: Record<FinishReason, string> = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  content_filter: 'refusal',
  other: 'end_turn',
};

/**
 * The stop reason. Neutral answers do not contain the matched stop sequence, so it is reported as the end of
 * the turn.
 */
export function stopReason(finish: FinishReason | null, hasCalls: boolean): string {
  if (finish === null || finish === 'other' || finish === 'stop') return hasCalls ? 'tool_use' : 'end_turn';
  return stopReasons[finish];
}

export function stopDetails({ refusal }: Answer): JsonObject {
  if (refusal === undefined) return {};
  return { stop_details: { type: 'refusal', category: null, explanation: refusal } };
}

/** Prompt tokens without cache reads. Cache writes are not in the neutral counts. */
export function messageUsage(usage: Usage): JsonObject {
  const { prompt_tokens, completion_tokens, cached_tokens = 0, reasoning_tokens } = usage;
  return {
    input_tokens: Math.max(0, prompt_tokens - cached_tokens),
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: cached_tokens,
    output_tokens: completion_tokens,
    ...(reasoning_tokens === undefined
      ? {}
      : { output_tokens_details: { thinking_tokens: reasoning_tokens } }),
    ...estimatedField(usage),
  };
}

/**
 * A `message` object. Fields that would be null are omitted, as Anthropic does, because some clients reject
 * null. Source: platform.claude.com/docs/en/api/messages/create
 */
export function messageObject(fields: {
  id: string;
  model: string;
  content: JsonObject[];
  stopReason: string | null;
  more?: JsonObject;
  usage: JsonObject;
  notices: readonly string[];
}): JsonObject {
  return {
    id: fields.id,
    type: 'message',
    role: 'assistant',
    model: fields.model,
    content: fields.content,
    stop_reason: fields.stopReason,
    stop_sequence: null,
    ...fields.more,
    usage: fields.usage,
    ...warningsField(fields.notices),
  };
}

/**
 * A thinking block. Only Anthropic signs them, and a block with an empty signature is not sent back to it.
 */
export const thinkingBlock = (thinking: string): JsonObject => ({
  type: 'thinking',
  thinking,
  signature: '',
});

export const textBlock = (text: string): JsonObject => ({ type: 'text', text });

/**
 * `extra_content` has to be sent back to the provider with the call; clients return it together with the
 * block.
 */
export function toolBlock(call: ToolCall, input: JsonObject): JsonObject {
  const { extra_content } = call;
  const block = {
    type: 'tool_use',
    id: call.id,
    name: call.function.name,
    input,
  };
  return { ...block, ...(extra_content === undefined ? {} : { extra_content }) };
}

/** A complete answer: thinking, text and calls, in this order. */
export function fromAnswer(answer: Answer, meta: ReplyMeta): JsonObject {
  const calls = callsOf(answer, meta);
  const text = replyText(answer);
  const content = [
    ...(answer.data.reasoning ? [thinkingBlock(answer.data.reasoning)] : []),
    ...(text === '' ? [] : [textBlock(text)]),
    ...calls.map((call) => toolBlock(call, argumentsOrText(call.function.arguments))),
  ];
  return messageObject({
    id: `msg_${meta.newId()}`,
    model: answer.model,
    content,
    stopReason: stopReason(answer.data.finish_reason, calls.length > 0),
    more: stopDetails(answer),
    usage: messageUsage(knownUsage(answer.usage)),
    notices: noticesOf(meta, answer),
  });
}
