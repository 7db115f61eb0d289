import type { Call, Incoming, JsonObject } from '../define.ts';
import { toChat } from './to-chat.ts';

/**
 * Converts the body of `POST /v1/messages/count_tokens` to a dry run: nothing is sent, and `estimate` has the
 * count.
 */
export function countTokensChat(incoming: Incoming): Call {
  const { chat, wanted, warnings } = toChat(incoming);
  const { stream: _, ...rest } = chat;
  return { chat: { ...rest, dry_run: true }, wanted: { ...wanted, stream: false }, warnings };
}

/** `promptTokens`: the dry run's `estimate.prompt_tokens`. */
export function countTokensBody(promptTokens: number): JsonObject {
  return { input_tokens: promptTokens };
}
