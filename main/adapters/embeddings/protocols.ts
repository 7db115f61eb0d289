import type { EmbeddingInput } from '../../../contract/embeddings.ts';
import type { CodedDropped } from '../../../contract/plan.ts';
import type { AdapterName } from '../../../contract/provider.ts';
import type { JsonObject } from '../define.ts';
import { isObject } from '../shared/read.ts';
import { reason, reasonFields } from '../shared/reason.ts';

/** Decodes base64 of 32-bit little-endian floats; undefined if the length does not fit. */
export function fromBase64(text: string): number[] | undefined {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length === 0 || bytes.length % 4 !== 0) return undefined;
  return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4));
}

/** A list of finite numbers, or such a list in base64; undefined for anything else. */
function readVector(value: unknown): number[] | undefined {
  if (typeof value === 'string') return fromBase64(value);
  const isVector = Array.isArray(value) && value.length > 0 && value.every((entry) => Number.isFinite(entry));
  return isVector ? (value as number[]) : undefined;
}

/** All vectors, or null if one is missing: assigning a vector to the wrong text is worse than an error. */
function readVectors(values: readonly unknown[], count: number): number[][] | null {
  const vectors = values.flatMap((value) => {
    const vector = readVector(value);
    return vector ? [vector] : [];
  });
  return vectors.length === count && count > 0 ? vectors : null;
}

/** The input of an embedding model. */
export interface EmbeddingJob {
  input: EmbeddingInput;
  dimensions?: number | undefined;
  user?: string | undefined;
}

/** Vectors in the order of the texts. */
export interface Embeddings {
  vectors: number[][];
  /** null if the provider does not report it. */
  promptTokens: number | null;
}

/** A request for embeddings in a provider's protocol, without authentication. */
export interface EmbeddingRequestBody {
  /** Appended to the provider's base URL; percent-encoded. */
  path: string;
  body: JsonObject;
  /** Parameters that the protocol does not support. */
  dropped: CodedDropped[];
}

/** A provider's embedding protocol. Errors are read by the same provider's chat adapter. */
export interface EmbeddingProtocol {
  /** Maximum texts per request; the caller splits larger ones. */
  maxInputs: number;
  /** False if the protocol accepts only texts. */
  takesTokens: boolean;
  toRequest(job: EmbeddingJob, model: string): EmbeddingRequestBody;
  /** `count`: how many texts were sent. null for JSON that is not such a reply. */
  fromResponse(json: unknown, count: number): Embeddings | null;
}

/**
 * Source: platform.openai.com/docs/api-reference/embeddings; lmstudio.ai and openrouter.ai have the same
 * route.
 */
const openAi: EmbeddingProtocol = {
  maxInputs: 2048,
  takesTokens: true,
  toRequest({ input, dimensions, user }, model) {
    const inputs = 'texts' in input ? input.texts : input.tokens;
    const body: JsonObject = { model, input: inputs, encoding_format: 'float' };
    if (dimensions !== undefined) body['dimensions'] = dimensions;
    if (user !== undefined) body['user'] = user;
    return { path: '/embeddings', body, dropped: [] };
  },
  fromResponse(json, count) {
    if (!isObject(json) || !Array.isArray(json['data'])) return null;
    const entries = json['data'].filter(isObject);
    // Servers may send results in any order; `index` has the right one.
    const sorted = entries.every(({ index }) => typeof index === 'number')
      ? entries.toSorted((a, b) => Number(a['index']) - Number(b['index']))
      : entries;
    const vectors = readVectors(
      sorted.map(({ embedding }) => embedding),
      count,
    );
    return vectors && { vectors, promptTokens: countIn(json['usage'], 'prompt_tokens') };
  },
};

/** Source: ai.google.dev/api/embeddings. One text is a batch of one; the base URL includes `/v1beta`. */
const gemini: EmbeddingProtocol = {
  maxInputs: 100,
  takesTokens: false,
  toRequest(request, model) {
    const name = model.startsWith('models/') ? model : `models/${model}`;
    const { dimensions } = request;
    const requests = textsOf(request).map((text) => ({
      model: name,
      content: { parts: [{ text }] },
      ...(dimensions === undefined ? {} : { outputDimensionality: dimensions }),
    }));
    const path = `/models/${encodeURIComponent(name.slice('models/'.length))}:batchEmbedContents`;
    return { path, body: { requests }, dropped: loseUser(request) };
  },
  fromResponse(json, count) {
    if (!isObject(json)) return null;
    const list: unknown[] = Array.isArray(json['embeddings']) ? json['embeddings'] : [json['embedding']];
    const vectors = readVectors(
      list.map((entry) => (isObject(entry) ? entry['values'] : undefined)),
      count,
    );
    return vectors && { vectors, promptTokens: countIn(json['usageMetadata'], 'promptTokenCount') };
  },
};

/** Source: docs.ollama.com/api/embed; `truncate` stays at Ollama's default. */
const ollama: EmbeddingProtocol = {
  maxInputs: 512,
  takesTokens: false,
  toRequest(request, model) {
    const body: JsonObject = { model, input: textsOf(request) };
    if (request.dimensions !== undefined) body['dimensions'] = request.dimensions;
    return { path: '/api/embed', body, dropped: loseUser(request) };
  },
  fromResponse(json, count) {
    if (!isObject(json) || !Array.isArray(json['embeddings'])) return null;
    const vectors = readVectors(json['embeddings'], count);
    return vectors && { vectors, promptTokens: countIn(json, 'prompt_eval_count') };
  },
};

/** By adapter. Other providers have no embeddings; requests to them get a 400 that says so. */
export const embeddingProtocols: Partial<Record<AdapterName, EmbeddingProtocol>> = {
  openai: openAi,
  openai_compat: openAi,
  lmstudio: openAi,
  openrouter: openAi,
  gemini,
  ollama,
};

const textsOf = ({ input }: EmbeddingJob): string[] => ('texts' in input ? input.texts : []);

function loseUser({ user }: EmbeddingJob): CodedDropped[] {
  if (user === undefined) return [];
  const values = { api: null, feature: 'end_user_id' } as const;
  const why = reason('no_such_feature', values, 'this provider takes no end-user id');
  return [{ param: 'user', ...reasonFields(why) }];
}

function countIn(value: unknown, name: string): number | null {
  const count = isObject(value) ? value[name] : undefined;
  return typeof count === 'number' && count >= 0 ? count : null;
}
