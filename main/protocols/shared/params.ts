import type { JsonObject, ProtocolChat } from '../define.ts';

/** Neutral parameters: what is undefined is left out. */
export function setFields(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/**
 * The limit of the reply. A preset or the registry may say it by its other name, and only one of them may be sent:
 * `null` takes the other out.
 */
export function tokenLimit(limit: number | undefined): JsonObject {
  return limit === undefined ? {} : { max_tokens: limit, max_completion_tokens: null };
}

/** A chat of these parts. A format of the caller's own takes the place of the module's schema. */
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
