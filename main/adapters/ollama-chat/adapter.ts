import type { Adapter, Billing, JsonObject, ListedModel, ModelList, ChatResult } from '../define.ts';
import { providerError } from '../shared/wire-error.ts';
import { toRequest } from './request.ts';
import { fromStreamEvent, newStream, type OllamaStream } from './stream.ts';
import { BillingReader, eachObject, names } from '../shared/billing.ts';
import { arr, obj, str, isObject } from '../shared/read.ts';
import { callsOf, finishOf, usageOf } from './reply.ts';

/** A whole reply of `/api/chat` (`stream: false`); null for other JSON. */
export function fromResponse(json: unknown): ChatResult | null {
  if (!isObject(json) || !isObject(json.message)) return null;
  const toolCalls = callsOf(json, 0);
  const reasoning = str(json.message.thinking);
  return {
    text: str(json.message.content) ?? '',
    toolCalls,
    ...(reasoning ? { reasoning } : {}),
    finish: finishOf(json, toolCalls.length > 0),
    usage: usageOf(json),
  };
}

/** The models on this server. Source: https://docs.ollama.com/api/tags */
export const modelList: ModelList = {
  path: '/api/tags',
  fromResponse(json) {
    return arr(obj(json).models).flatMap((entry): ListedModel[] => {
      const model = obj(entry);
      const id = str(model.name) ?? str(model.model);
      return id === undefined ? [] : [{ id }];
    });
  },
};

/** Source: https://docs.ollama.com/api/chat */
const free = names('model stream format tools think keep_alive logprobs top_logprobs truncate shift');

/** What a body of `/api/chat` can cost, at a server that bills by token. */
function billing(body: JsonObject): Billing {
  const reader = new BillingReader();
  reader.fields(body, '', free, {
    messages: (value, path) =>
      eachObject(value, path, (message) => {
        for (const image of arr(message.images)) reader.image(str(image)?.length ?? 0);
      }),
    // -1 is no limit, -2 until the context is full: both leave the model's own limit.
    options: (value) => reader.limit(obj(value).num_predict),
  });
  return reader.result();
}

/**
 * Ollama's own API (`POST {server}/api/chat`): local, behind a proxy, or ollama.com with a key. Settings:
 * `chat_path` replaces `/api/chat`. Source: https://docs.ollama.com/api/chat
 */
export const ollamaChat: Adapter<OllamaStream> = {
  protocol: 'ollama-chat',
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
