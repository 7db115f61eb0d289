import type { EmbeddingRequest, EmbeddingAnswer } from '../../../contract/embeddings.ts';
import type { Incoming, JsonObject } from '../define.ts';
import { warningsField } from '../shared/answer.ts';
import type { FieldLists } from '../shared/field-lists.ts';
import { ownField, ownFields } from '../shared/own-fields.ts';
import { Reader } from '../shared/reader.ts';
import { camelKeys } from './camel-keys.ts';

/** Source: ai.google.dev/api/embeddings#EmbedContentRequest */
export const embedFields: FieldLists = {
  taken: ['model', 'content', 'outputDimensionality', ownField],
  native: {},
  accepted: {
    taskType: { why: 'embeddings are made without a task here' },
    title: { why: 'embeddings are made without a title here' },
  },
  refused: {},
};

export interface EmbedCall {
  request: EmbeddingRequest;
  warnings: string[];
}

interface OneText {
  text: string;
  dimensions: number | undefined;
}

/** Google's limit. Source: ai.google.dev/api/embeddings#method:-models.batchembedcontents */
const maxRequests = 100;

/** The body of `:embedContent`. @throws ProtocolError */
export function readEmbed(incoming: Incoming): EmbedCall {
  const reader = new Reader(incoming, []);
  const body = camelKeys(reader.needObject(incoming.body, ''));
  return embedCall(incoming, body, [readOne(body, '', reader)], reader);
}

/**
 * The body of `:batchEmbedContents`: one model and one size for all requests.
 * @throws ProtocolError
 */
export function readBatch(incoming: Incoming): EmbedCall {
  const reader = new Reader(incoming, []);
  const body = camelKeys(reader.needObject(incoming.body, ''));
  reader.decide(body, { taken: ['requests', ownField], native: {}, accepted: {}, refused: {} });
  const list = reader.list(body['requests'], 'requests') ?? reader.fail('requests', 'is required');
  if (list.length === 0) reader.fail('requests', 'at least one request');
  if (list.length > maxRequests) reader.fail('requests', `at most ${maxRequests} requests`);
  const texts = list.map((entry, index) => {
    const path = `requests[${index}]`;
    return readOne(camelKeys(reader.needObject(entry, path)), path, reader);
  });
  const other = texts.findIndex(({ dimensions }) => dimensions !== texts[0]?.dimensions);
  if (other > 0)
    reader.fail(`requests[${other}].outputDimensionality`, 'has to be the same in all requests of a batch');
  return embedCall(incoming, body, texts, reader);
}

function readOne(one: JsonObject, path: string, reader: Reader): OneText {
  const where = (name: string) => (path === '' ? name : `${path}.${name}`);
  reader.decide(one, embedFields, path);
  const content = reader.needObject(one['content'], where('content'));
  const parts = reader.list(content['parts'], where('content.parts')) ?? [];
  const texts = parts.map((part, index) => {
    const location = `${where('content.parts')}[${index}]`;
    return reader.needString(reader.needObject(part, location)['text'], `${location}.text`);
  });
  const text = texts.join('\n');
  if (text === '') reader.fail(where('content.parts'), 'is empty: there is nothing to embed');
  const dimensions = reader.number(one['outputDimensionality'], where('outputDimensionality'));
  return { text, dimensions };
}

function embedCall(incoming: Incoming, body: JsonObject, texts: OneText[], reader: Reader): EmbedCall {
  const { max_cost_usd, allow_retired } = ownFields(body, reader);
  const dimensions = texts[0]?.dimensions;
  const request: EmbeddingRequest = {
    ...(incoming.model === undefined ? {} : { model: incoming.model }),
    input: { texts: texts.map(({ text }) => text) },
    ...(dimensions === undefined ? {} : { dimensions }),
    ...(max_cost_usd === undefined ? {} : { max_cost_usd }),
    ...(allow_retired === undefined ? {} : { allow_retired }),
  };
  return { request, warnings: reader.warnings };
}

type Vectors = Pick<EmbeddingAnswer, 'vectors' | 'usage'>;

const usageMetadata = ({ usage }: Vectors) => ({ usageMetadata: { promptTokenCount: usage.prompt_tokens } });

/** The reply to `:embedContent`. */
export function embedBody(answer: Vectors, warnings: readonly string[]): JsonObject {
  const [values = []] = answer.vectors;
  return { embedding: { values }, ...usageMetadata(answer), ...warningsField(warnings) };
}

/** The reply to `:batchEmbedContents`. */
export function batchBody(answer: Vectors, warnings: readonly string[]): JsonObject {
  const embeddings = answer.vectors.map((values) => ({ values }));
  return { embeddings, ...usageMetadata(answer), ...warningsField(warnings) };
}
