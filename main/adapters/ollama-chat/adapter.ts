import type { Adapter } from '../define.ts';
import { providerError } from '../shared/wire-error.ts';
import { billing } from './billing.ts';
import { modelList } from './model-list.ts';
import { toRequest } from './request.ts';
import { fromResponse } from './response.ts';
import { fromStreamEvent, newStream, type OllamaStream } from './stream.ts';

/**
 * Ollama's own API (`POST {server}/api/chat`): local, behind a proxy, or ollama.com with a key. Settings:
 * `chat_path` replaces `/api/chat`. Source: https://docs.ollama.com/api/chat
 */
export const ollamaChat: Adapter<OllamaStream> = {
  wire: 'ollama-chat',
  framing: 'ndjson',
  capabilities: { structuredOutput: 'json_schema', tools: true, images: true, stream: true },
  auth: { header: 'authorization', prefix: 'Bearer ' },
  modelList,
  billing,
  toRequest,
  fromResponse,
  newStream,
  fromStreamEvent,
  toError: providerError,
};
