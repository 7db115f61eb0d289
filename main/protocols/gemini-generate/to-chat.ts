import type { Call, Incoming, ProtocolChat, Wanted } from '../define.ts';
import { ownFields } from '../shared/own-fields.ts';
import { newChat } from '../shared/params.ts';
import { Reader } from '../shared/reader.ts';
import { camelKeys } from './camel-keys.ts';
import { configParams } from './config-params.ts';
import { generateFields } from './fields.ts';
import { readContents } from './input-contents.ts';
import { toolParams } from './tools.ts';

export interface GeminiWanted extends Wanted {
  /** `?alt=sse`; without it a stream is a JSON array. */
  sse: boolean;
  /** `thinkingConfig.includeThoughts`: without it Gemini shows no thoughts. */
  includeThoughts: boolean;
}

/**
 * Converts the body of `:generateContent` or `:streamGenerateContent` to a chat. `incoming.model` is the
 * URL's model.
 */
export function toChat(incoming: Incoming): Call<GeminiWanted> {
  const reader = new Reader(incoming, ['gemini']);
  const body = camelKeys(reader.needObject(incoming.body, ''));
  const native = reader.decide(body, generateFields);
  const messages = readContents(body, reader);
  const { params, includeThoughts } = configParams(body, reader);
  const cached = reader.string(body['cachedContent'], 'cachedContent');
  if (cached !== undefined && !reader.isNative) {
    reader.refuse('cachedContent', 'it lies at Google: send its text in `contents`');
  }
  const all = { ...native, cachedContent: cached, ...params, ...toolParams(body, reader) };
  const stream = incoming.stream ?? false;
  const chat: ProtocolChat = {
    ...newChat(incoming.model, messages, all, stream),
    ...ownFields(body, reader),
  };
  const wanted = {
    stream,
    model: incoming.model ?? '',
    sse: incoming.query?.['alt'] === 'sse',
    includeThoughts,
  };
  return { chat, wanted, warnings: reader.warnings };
}
