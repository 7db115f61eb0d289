import type { EmbeddingInput } from '../../../contract/embeddings.ts';
import type { Dropped } from '../../../contract/plan.ts';
import type { AdapterName } from '../../../contract/provider.ts';
import type { JsonObject } from '../define.ts';
import { isObject } from '../shared/read.ts';

/** The numbers of base64 of 32-bit floats, little-endian; undefined where the text is no whole number of them. */
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

/** All of them, or null where one is missing: a shifted vector is worse than none. */
function readVectors(values: readonly unknown[], count: number): number[][] | null {
  const vectors = values.flatMap((value) => {
    const vector = readVector(value);
    return vector ? [vector] : [];
  });
  return vectors.length === count && count > 0 ? vectors : null;
}

/** What is asked of an embedding model. */
export interface EmbeddingJob {
  input: EmbeddingInput;
  dimensions?: number | undefined;
  user?: string | undefined;
}

/** Vectors in the order of the texts. */
export interface Embeddings {
  vectors: number[][];
  /** null where the provider tells none. */
  promptTokens: number | null;
}

/** A request for embeddings in a provider's protocol, without authentication. */
export interface EmbeddingRequestBody {
  /** Appended to the provider's base URL; percent-encoded. */
  path: string;
  body: JsonObject;
  /** What the protocol does not carry. */
  dropped: Dropped[];
}

/** How one kind of provider makes embeddings. Its errors are read by the chat adapter of the same provider. */
export interface EmbeddingProtocol {
  /** Most texts a request may have; the caller sends larger ones in several. */
  maxInputs: number;
  /** False where the protocol takes texts only. */
  takesTokens: boolean;
  toRequest(job: EmbeddingJob, model: string): EmbeddingRequestBody;
  /** `count`: how many texts were sent. null for JSON that is no such reply. */
  fromResponse(json: unknown, count: number): Embeddings | null;
}

/** Source: platform.openai.com/docs/api-reference/embeddings; lmstudio.ai and openrouter.ai have the same route. */
const openAi: EmbeddingProtocol = {
  maxInputs: 2048,
  takesTokens: true,
  toRequest({ input, dimensions, user }, model) {
    const given = 'texts' in input ? input.texts : input.tokens;
    const body: JsonObject = { model, input: given, encoding_format: 'float' };
    if (dimensions !== undefined) body['dimensions'] = dimensions;
    if (user !== undefined) body['user'] = user;
    return { path: '/embeddings', body, dropped: [] };
  },
  fromResponse(json, count) {
    if (!isObject(json) || !Array.isArray(json['data'])) return null;
    const entries = json['data'].filter(isObject);
    // The order is that of `index`, which servers need not keep.
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

/** By adapter. A provider whose adapter is not here has no embeddings: answer with a 400 that says so. */
export const embeddingProtocols: Partial<Record<AdapterName, EmbeddingProtocol>> = {
  openai: openAi,
  openai_compat: openAi,
  lmstudio: openAi,
  openrouter: openAi,
  gemini,
  ollama,
};

const textsOf = ({ input }: EmbeddingJob): string[] => ('texts' in input ? input.texts : []);

function loseUser({ user }: EmbeddingJob): Dropped[] {
  return user === undefined ? [] : [{ param: 'user', reason: 'this provider takes no end-user id' }];
}

function countIn(value: unknown, name: string): number | null {
  const count = isObject(value) ? value[name] : undefined;
  return typeof count === 'number' && count >= 0 ? count : null;
}
