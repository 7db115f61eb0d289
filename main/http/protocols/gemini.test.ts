import { GoogleGenAI } from '@google/genai';
import { describe, expect, it } from 'vitest';
import { chatOptions } from '../../core/__fixtures__/chat-core.ts';
import { whole } from '../../core/__fixtures__/provider-replies.ts';
import { startProvider, type Reply } from '../../core/__fixtures__/provider-upstream.ts';
import { testServer } from '../__fixtures__/test-server.ts';

const vectors: Reply = (exchange) => {
  const { input } = exchange.json() as { input: unknown[] };
  const data = input.map((_text, index) => ({ object: 'embedding', index, embedding: [index, 0.5] }));
  return whole({ object: 'list', data, model: 'm', usage: { prompt_tokens: 3, total_tokens: 3 } })(exchange);
};
const model = 'openai_public/text-embedding-3-small';
const contents = [{ role: 'user', parts: [{ text: 'Say hello to Mira.' }] }];
const clientAt = (url: string) => new GoogleGenAI({ apiKey: 'any', httpOptions: { baseUrl: url } });

describe('Gemini’s countTokens', () => {
  it('counts the tokens of a chat, and sends nothing', async () => {
    const upstream = await startProvider(vectors);
    const { url, send } = await testServer(chatOptions(upstream.url));
    const short = await clientAt(url).models.countTokens({ model: 'openai_public/gpt-4o-mini', contents });
    expect(short.totalTokens).toBeGreaterThan(4);
    const path = '/v1beta/models/openai_public/gpt-4o-mini:countTokens';
    const systemInstruction = { parts: [{ text: 'You are the keeper of a lighthouse. '.repeat(20) }] };
    const body = { generateContentRequest: { model: 'models/x', contents, systemInstruction } };
    const long = (await send({ method: 'POST', path, body })).json()['totalTokens'];
    expect(long).toBeGreaterThan((short.totalTokens ?? 0) + 100);
    expect(upstream.exchanges).toHaveLength(0);
  });

  it('refuses contents beside a whole request, and names the field', async () => {
    const { send } = await testServer();
    const body = { contents, generateContentRequest: { contents } };
    const reply = await send({ method: 'POST', path: '/v1beta/models/stub:countTokens', body });
    expect([reply.status, reply.text]).toEqual([400, expect.stringContaining('`contents`')]);
  });
});

describe('Gemini’s embeddings', () => {
  it('come from any provider, for Google’s client', async () => {
    const upstream = await startProvider(vectors);
    const { url } = await testServer(chatOptions(upstream.url));
    const many = await clientAt(url).models.embedContent({
      model,
      contents: ['a harbour', 'an inn'],
      config: { outputDimensionality: 2 },
    });
    expect(many.embeddings?.map(({ values }) => values)).toEqual([
      [0, 0.5],
      [1, 0.5],
    ]);
    expect(upstream.exchanges.map((exchange) => exchange.json())).toMatchObject([
      { input: ['a harbour', 'an inn'], dimensions: 2 },
    ]);
  });

  it('of one text: several parts are one text, and fields without effect are reported', async () => {
    const upstream = await startProvider(vectors);
    const { send } = await testServer(chatOptions(upstream.url));
    const reply = await send({
      method: 'POST',
      path: `/v1beta/models/${model}:embedContent`,
      body: { content: { parts: [{ text: 'a' }, { text: 'b' }] }, task_type: 'RETRIEVAL_QUERY' },
    });
    expect(reply.json()).toMatchObject({
      embedding: { values: [0, 0.5] },
      usageMetadata: { promptTokenCount: 3 },
      warnings: expect.arrayContaining([expect.stringContaining('`taskType`')]),
    });
    expect(upstream.exchanges[0]?.json()).toMatchObject({ input: ['a\nb'] });
  });

  it.each([
    [{}, 'requests'],
    [{ requests: [] }, 'requests'],
    [{ requests: [{ content: { parts: [] } }] }, 'requests[0].content.parts'],
    [{ requests: [{ content: { parts: [{ inlineData: {} }] } }] }, 'requests[0].content.parts[0].text'],
    [
      {
        requests: [
          { content: { parts: [{ text: 'a' }] } },
          { content: { parts: [{ text: 'b' }] }, outputDimensionality: 3 },
        ],
      },
      'requests[1].outputDimensionality',
    ],
  ])('refuse %j with its position', async (body, location) => {
    const { send } = await testServer();
    const path = `/v1beta/models/${model}:batchEmbedContents`;
    const reply = await send({ method: 'POST', path, body });
    expect([reply.status, reply.text]).toEqual([400, expect.stringContaining(location)]);
  });
});
