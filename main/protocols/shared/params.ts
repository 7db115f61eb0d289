import type { JsonObject, ProtocolChat } from '../define.ts';

/** Neutral parameters without undefined values. */
export function setFields(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/**
 * The reply's token limit. A preset or the registry may set it under its other name, and only one may be
 * sent, so `null` removes the other.
 */
export function tokenLimit(limit: number | undefined): JsonObject {
  return limit === undefined ? {} : { max_tokens: limit, max_completion_tokens: null };
}

/** Builds a chat. The caller's own format replaces the module's schema. */
export function newChat(
  model: string | undefined,
  messages: ProtocolChat['messages'],
  params: JsonObject,
  stream: boolean,
): ProtocolChat {
  const chat: ProtocolChat = { messages, params: setFields(params) };
  if (model !== undefined) chat.model = model;
  if (stream) chat.stream = true;
  if (params['response_format'] !== undefined) chat.schema = null;
  return chat;
}
