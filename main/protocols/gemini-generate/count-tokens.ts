import type { Call, Incoming, JsonObject } from '../define.ts';
import { Reader } from '../shared/reader.ts';
import { camelKeys } from './camel-keys.ts';
import { toChat } from './to-chat.ts';

/**
 * Converts the body of `:countTokens` to a dry run: nothing is sent, and `estimate` has the count. The body
 * has either `contents` or a whole `generateContentRequest`. Source: ai.google.dev/api/tokens
 */
export function countTokensChat(incoming: Incoming): Call {
  const reader = new Reader(incoming, []);
  const body = camelKeys(reader.needObject(incoming.body, ''));
  const whole = reader.object(body['generateContentRequest'], 'generateContentRequest');
  if (whole && body['contents'] !== undefined)
    reader.fail('contents', 'leave it out where `generateContentRequest` is given');
  const { chat, wanted, warnings } = toChat({ ...incoming, body: whole ?? body, stream: false });
  const { stream: _, ...rest } = chat;
  return { chat: { ...rest, dry_run: true }, wanted, warnings };
}

/** `promptTokens`: the dry run's `estimate.prompt_tokens`. */
export function countTokensBody(promptTokens: number): JsonObject {
  return { totalTokens: promptTokens };
}
