import type { EmbeddingInput, EmbeddingRequest } from '../../../contract/embeddings.ts';
import type { Incoming } from '../define.ts';
import type { FieldLists } from '../shared/field-lists.ts';
import { ownField, ownFields } from '../shared/own-fields.ts';
import { Reader } from '../shared/reader.ts';

/** Source: platform.openai.com/docs/api-reference/embeddings/create */
export const embeddingFields: FieldLists = {
  taken: ['input', 'model', 'dimensions', 'encoding_format', 'user', ownField],
  native: {},
  accepted: {},
  refused: {},
};

export interface EmbeddingsWanted {
  /** OpenAI's own client requests base64 by default. */
  encoding: 'float' | 'base64';
}

/** OpenAI's limit, which is above that of every other provider. */
const maxInputs = 2048;

/** The body of `POST /v1/embeddings`. @throws ProtocolError */
export function readEmbeddings(incoming: Incoming): {
  request: EmbeddingRequest;
  wanted: EmbeddingsWanted;
  warnings: string[];
} {
  const reader = new Reader(incoming, []);
  const body = reader.needObject(incoming.body, '');
  reader.decide(body, embeddingFields);
  const model = reader.string(body['model'], 'model');
  const dimensions = reader.number(body['dimensions'], 'dimensions');
  const user = reader.string(body['user'], 'user');
  const { max_cost_usd, allow_retired } = ownFields(body, reader);
  const encoding = readEncoding(body['encoding_format'], reader);
  const request = {
    ...(model === undefined ? {} : { model }),
    input: readInput(body['input'], reader),
    ...(max_cost_usd === undefined ? {} : { max_cost_usd }),
    ...(allow_retired === undefined ? {} : { allow_retired }),
    ...(dimensions === undefined ? {} : { dimensions }),
    ...(user === undefined ? {} : { user }),
  };
  return { request, wanted: { encoding }, warnings: reader.warnings };
}

function readEncoding(value: unknown, reader: Reader): EmbeddingsWanted['encoding'] {
  if (value === undefined || value === null || value === 'float') return 'float';
  return value === 'base64' ? value : reader.fail('encoding_format', 'has to be "float" or "base64"');
}

function readInput(input: unknown, reader: Reader): EmbeddingInput {
  if (typeof input === 'string') return { texts: [text(input, 'input', reader)] };
  const list = reader.list(input, 'input') ?? reader.fail('input', 'is required: a text, or a list of texts');
  if (list.length === 0) reader.fail('input', 'at least one text');
  if (typeof list[0] === 'number') return { tokens: [tokens(list, 'input', reader)] };
  if (list.length > maxInputs) reader.fail('input', `at most ${maxInputs} texts`);
  if (Array.isArray(list[0])) {
    return { tokens: list.map((entry, index) => tokens(entry, `input[${index}]`, reader)) };
  }
  return { texts: list.map((entry, index) => text(entry, `input[${index}]`, reader)) };
}

function text(value: unknown, path: string, reader: Reader): string {
  const text = reader.needString(value, path);
  return text === '' ? reader.fail(path, 'is empty: there is nothing to embed') : text;
}

function tokens(value: unknown, path: string, reader: Reader): number[] {
  const list = reader.list(value, path) ?? [];
  const isTokens = list.length > 0 && list.every((entry) => Number.isInteger(entry));
  return isTokens ? (list as number[]) : reader.fail(path, 'has to be a list of whole numbers');
}
