import type { EmbeddingRequest } from '../../../contract/embeddings.ts';
import type { Incoming, JsonObject } from '../define.ts';
import type { FieldLists } from '../shared/field-lists.ts';
import { ownField, ownFields } from '../shared/own-fields.ts';
import { Reader } from '../shared/reader.ts';

const decidedThere = 'the provider decides how it runs the model';

/** Source: docs.ollama.com/api/embed */
export const embedFields: FieldLists = {
  taken: ['model', 'input', 'dimensions', ownField],
  native: {},
  accepted: {
    truncate: { why: decidedThere, unless: [true] },
    keep_alive: { why: decidedThere },
    options: { why: decidedThere },
  },
  refused: {},
};

/** The older route: one text, one vector. */
const embeddingsFields: FieldLists = { ...embedFields, taken: ['model', 'prompt', ownField] };

export interface EmbedCall {
  request: EmbeddingRequest;
  /** The model's name as the caller wrote it. */
  model: string;
  warnings: string[];
}

/** The body of `POST /api/embed`. @throws ProtocolError */
export function readEmbed(incoming: Incoming): EmbedCall {
  const reader = new Reader(incoming, []);
  const body = reader.needObject(incoming.body, '');
  reader.decide(body, embedFields);
  const { input } = body;
  const texts = typeof input === 'string' ? [input] : (reader.strings(input, 'input') ?? []);
  const dimensions = reader.number(body['dimensions'], 'dimensions');
  return embedCall(body, texts, 'input', dimensions === undefined ? {} : { dimensions }, reader);
}

/** The body of `POST /api/embeddings`. @throws ProtocolError */
export function readOldEmbed(incoming: Incoming): EmbedCall {
  const reader = new Reader(incoming, []);
  const body = reader.needObject(incoming.body, '');
  reader.decide(body, embeddingsFields);
  return embedCall(body, [reader.needString(body['prompt'], 'prompt')], 'prompt', {}, reader);
}

function embedCall(
  body: JsonObject,
  texts: string[],
  path: string,
  more: Partial<EmbeddingRequest>,
  reader: Reader,
): EmbedCall {
  if (texts.length === 0 || texts.includes('')) reader.fail(path, 'is empty: there is nothing to embed');
  const model = reader.string(body['model'], 'model');
  const { max_cost_usd, allow_retired } = ownFields(body, reader);
  const request: EmbeddingRequest = {
    ...(model === undefined ? {} : { model }),
    input: { texts },
    ...more,
    ...(max_cost_usd === undefined ? {} : { max_cost_usd }),
    ...(allow_retired === undefined ? {} : { allow_retired }),
  };
  return { request, model: model ?? '', warnings: reader.warnings };
}

/** The reply's body. Durations are in nanoseconds. */
export function embedBody(
  { vectors, promptTokens, ms }: { vectors: number[][]; promptTokens: number; ms: number },
  { model, warnings }: Pick<EmbedCall, 'model' | 'warnings'>,
): JsonObject {
  return {
    model,
    embeddings: vectors,
    total_duration: Math.round(ms * 1e6),
    load_duration: 0,
    prompt_eval_count: promptTokens,
    ...(warnings.length ? { warnings } : {}),
  };
}

/** The older route's reply: only the vector. */
export const oldEmbedBody = ([embedding = []]: number[][]): JsonObject => ({ embedding });
