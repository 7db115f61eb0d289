import type { Adapter } from '../define.ts';
import { num, obj } from '../shared/read.ts';
import { wireError } from '../shared/wire-error.ts';
import { modelList } from './model-list.ts';
import { toRequest } from './request.ts';
import { fromResponse } from './response.ts';
import { fromStreamEvent, newStream, type OllamaStream } from './stream.ts';

/**
 * Ollama's own API (`POST {server}/api/chat`), local, behind a proxy, or ollama.com with a key.
 * Settings: `chat_path` replaces `/api/chat`.
 * Source: https://docs.ollama.com/api/chat
 */
export const ollamaChat: Adapter<OllamaStream> = {
  wire: 'ollama-chat',
  framing: 'ndjson',
  capabilities: { structuredOutput: 'json_schema', tools: true, images: true, stream: true },
  auth: { header: 'authorization', prefix: 'Bearer ' },
  modelList,
  maxTokensIn(body) {
    const most = num(obj(body.options).num_predict);
    // -1 is no limit, -2 until the context is full.
    return most !== undefined && most > 0 ? most : undefined;
  },
  toRequest,
  fromResponse,
  newStream,
  fromStreamEvent,
  toError: wireError,
};
