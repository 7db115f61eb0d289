import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { OpenAIEmbeddings } from '@langchain/openai';
import { embedMany } from 'ai';
import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EmbeddingRequest } from '../../../contract/embeddings.ts';
import { ProtocolError } from '../protocol-error.ts';
import { openAiError } from '../shared/openai-error.ts';
import { embeddingsBody, toBase64 } from './reply.ts';
import { readEmbeddings } from './request.ts';

const vectors = [
  [0.5, -0.25, 1e-9],
  [1, 0, 3.4e38],
];
let requests: EmbeddingRequest[] = [];
const bodies: unknown[] = [];

const server = createServer((incoming, outgoing) => {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
    bodies.push(body);
    const json = (status: number, value: unknown) =>
      outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    try {
      const { request, wanted, warnings } = readEmbeddings({ body });
      requests.push(request);
      const { input } = request;
      const count = 'texts' in input ? input.texts.length : input.tokens.length;
      const reply = { vectors: vectors.slice(0, count), promptTokens: 7 };
      json(200, embeddingsBody(reply, { wanted, model: 'some-embedder', warnings }));
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      const { status, body: text } = openAiError(error.toErrorInfo('req-1'));
      json(status, text);
    }
  });
});
let baseURL = '';
beforeEach(async () => {
  requests = [];
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterEach(() => new Promise((resolve) => void server.close(resolve)));

const near = (vector: number[]) => vector.map((value) => Math.fround(value));

describe('POST /v1/embeddings', () => {
  it('OpenAI’s client requests base64 by default, and reads the vectors', async () => {
    const client = new OpenAI({ baseURL, apiKey: 'x' });
    const reply = await client.embeddings.create({
      model: 'some/embedder',
      input: ['a', 'b'],
      dimensions: 3,
    });
    expect(bodies.at(-1)).toMatchObject({ encoding_format: 'base64' });
    expect(reply.data.map(({ embedding }) => embedding)).toEqual(vectors.map(near));
    expect(reply.usage).toEqual({ prompt_tokens: 7, total_tokens: 7 });
    expect(requests).toEqual([{ model: 'some/embedder', input: { texts: ['a', 'b'] }, dimensions: 3 }]);
  });

  it('vectors are numbers on request', async () => {
    const client = new OpenAI({ baseURL, apiKey: 'x' });
    const ask = { model: 'some/embedder', encoding_format: 'float' as const };
    const reply = await client.embeddings.create({ ...ask, input: 'a' });
    expect(reply.data[0]?.embedding).toEqual(vectors[0]);
    await client.embeddings.create({ ...ask, input: [[1, 2], [3]] });
    expect(requests[1]?.input).toEqual({ tokens: [[1, 2], [3]] });
  });

  it('the AI SDK and LangChain read the vectors', async () => {
    const model = createOpenAICompatible({ name: 'panel', baseURL }).textEmbeddingModel('some/embedder');
    expect((await embedMany({ model, values: ['a', 'b'] })).embeddings).toEqual(vectors);
    const chain = new OpenAIEmbeddings({ model: 'some/embedder', apiKey: 'x', configuration: { baseURL } });
    expect((await chain.embedDocuments(['a', 'b'])).map(near)).toEqual(vectors.map(near));
  });

  it.each([
    [{ input: '' }, 'input'],
    [{ input: [] }, 'input'],
    [{ input: ['a', 3] }, 'input[1]'],
    [{ input: [[1.5]] }, 'input[0]'],
    [{ input: 'a', encoding_format: 'int8' }, 'encoding_format'],
  ])('%j is refused by name', (body, param) => {
    expect(() => readEmbeddings({ body })).toThrow(expect.objectContaining({ param }) as Error);
  });
});

it('base64 is 32-bit floats, little-endian', () => expect(toBase64([1, -2])).toBe('AACAPwAAAMA='));
