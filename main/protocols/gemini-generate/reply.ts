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
import { isObject } from '../shared/reader.ts';
import type { GeminiWanted } from './to-chat.ts';

const finishReasons: Record<FinishReason, string> = {
  stop: 'STOP',
  tool_calls: 'STOP',
  length: 'MAX_TOKENS',
  content_filter: 'SAFETY',
  other: 'OTHER',
};

export const finishReason = (finish: FinishReason | null): string => finishReasons[finish ?? 'stop'];

export const textOf = (text: string): JsonObject => ({ text });

export const thoughtOf = (text: string): JsonObject => ({ text, thought: true });

/** A call, with the signature that has to be sent back if the provider is Gemini. */
export function callOf(call: ToolCall): JsonObject {
  const google = call.extra_content?.['google'];
  const signature = isObject(google) ? google['thought_signature'] : undefined;
  return {
    functionCall: { id: call.id, name: call.function.name, args: argumentsOrText(call.function.arguments) },
    ...(typeof signature === 'string' ? { thoughtSignature: signature } : {}),
  };
}

/** The candidate of a reply or of one stream part. */
export function candidate(parts: JsonObject[], more: JsonObject = {}): JsonObject {
  return { content: { role: 'model', parts }, index: 0, ...more };
}

/** Why a reply was blocked, for clients that do not read `finishMessage`. */
export function promptFeedback({ refusal }: Answer): JsonObject {
  if (refusal === undefined) return {};
  return { promptFeedback: { blockReason: 'OTHER', blockReasonMessage: refusal } };
}

/** How a reply ended; a blocked one contains the reason. */
export function ending({ data, refusal }: Answer): JsonObject {
  return {
    finishReason: finishReason(data.finish_reason),
    ...(refusal === undefined ? {} : { finishMessage: refusal }),
  };
}

/** Gemini counts reasoning separately from the candidates. */
export function usageMetadata(usage: Usage): JsonObject {
  const { prompt_tokens, completion_tokens, total_tokens, cached_tokens, reasoning_tokens = 0 } = usage;
  return {
    promptTokenCount: prompt_tokens,
    candidatesTokenCount: Math.max(0, completion_tokens - reasoning_tokens),
    totalTokenCount: total_tokens,
    ...(cached_tokens ? { cachedContentTokenCount: cached_tokens } : {}),
    ...(reasoning_tokens > 0 ? { thoughtsTokenCount: reasoning_tokens } : {}),
    ...estimatedField(usage),
  };
}

/** A complete `GenerateContentResponse`: thoughts, text and calls, in this order. */
export function fromAnswer(answer: Answer, meta: ReplyMeta<GeminiWanted>): JsonObject {
  const { reasoning } = answer.data;
  const text = replyText(answer);
  const parts = [
    ...(reasoning && meta.wanted.includeThoughts ? [thoughtOf(reasoning)] : []),
    ...(text === '' ? [] : [textOf(text)]),
    ...callsOf(answer, meta).map(callOf),
  ];
  return {
    candidates: [candidate(parts, ending(answer))],
    ...promptFeedback(answer),
    usageMetadata: usageMetadata(knownUsage(answer.usage)),
    modelVersion: answer.model,
    responseId: meta.newId(),
    ...warningsField(noticesOf(meta, answer)),
  };
}
