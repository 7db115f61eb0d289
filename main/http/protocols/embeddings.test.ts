import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { OpenAIEmbeddings } from '@langchain/openai';
import { embedMany } from 'ai';
import { Ollama } from 'ollama';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { chatOptions, plantedKey } from '../../core/__fixtures__/chat-core.ts';
import { silence, whole } from '../../core/__fixtures__/provider-replies.ts';
import { startProvider, type Reply } from '../../core/__fixtures__/provider-upstream.ts';
import { testServer } from '../__fixtures__/test-server.ts';

const vectors = [
  [0.5, -0.25],
  [1, 0],
];
const near = (vector: number[]) => vector.map((value) => Math.fround(value));

/** One vector per text, as many as requested. */
const openAiVectors: Reply = (exchange) => {
  const { input } = exchange.json() as { input: unknown[] };
  const data = input.map((_text, index) => ({ object: 'embedding', index, embedding: vectors[index % 2] }));
  const usage = { prompt_tokens: 4 * input.length, total_tokens: 4 * input.length };
  return whole({ object: 'list', data, model: 'm', usage })(exchange);
};
const geminiVectors = whole({ embeddings: vectors.map((values) => ({ values })) });
const ollamaVectors = whole({ model: 'm', embeddings: vectors, prompt_eval_count: 8 });

const providers: [string, string, Reply, { header: string; value: string }][] = [
  [
    'openai_public/text-embedding-3-small',
    '/v1/embeddings',
    openAiVectors,
    { header: 'authorization', value: `Bearer ${plantedKey('openai_public')}` },
  ],
  [
    'openrouter/openai/text-embedding-3-small',
    '/api/v1/embeddings',
    openAiVectors,
    { header: 'authorization', value: `Bearer ${plantedKey('openrouter')}` },
  ],
  [
    'lmstudio_local/nomic-embed-text-v1.5',
    '/v1/embeddings',
    openAiVectors,
    { header: 'authorization', value: `Bearer ${plantedKey('lmstudio_local')}` },
  ],
  [
    'google_gemini/gemini-embedding-001',
    '/v1beta/models/gemini-embedding-001:batchEmbedContents',
    geminiVectors,
    { header: 'x-goog-api-key', value: plantedKey('google_gemini') },
  ],
  [
    'ollama_default/nomic-embed-text',
    '/api/embed',
    ollamaVectors,
    { header: 'authorization', value: `Bearer ${plantedKey('ollama_default')}` },
  ],
];

describe.each(providers)('%s', (model, path, reply, key) => {
  it('sends its vectors to the clients of OpenAI, the AI SDK and LangChain, from its own address with its own key', async () => {
    const upstream = await startProvider(reply);
    // No price table has OpenRouter's embeddings, so a budget would refuse them.
    const { url, ask } = await testServer(chatOptions(upstream.url));
    await ask('settings.update', { call_budget_usd: null, daily_budget_usd: null });
    const baseURL = `${url}/v1`;
    const input = ['a harbour', 'an inn'];
    const client = new OpenAI({ baseURL, apiKey: 'x', maxRetries: 0 });
    const own = await client.embeddings.create({ model, input });
    expect(own.data.map(({ embedding }) => embedding)).toEqual(vectors.map(near));
    const sdk = createOpenAICompatible({ name: 'panel', baseURL }).textEmbeddingModel(model);
    expect((await embedMany({ model: sdk, values: input })).embeddings).toEqual(vectors);
    const chain = new OpenAIEmbeddings({ model, apiKey: 'x', maxRetries: 0, configuration: { baseURL } });
    expect((await chain.embedDocuments(input)).map(near)).toEqual(vectors.map(near));
    for (const exchange of upstream.exchanges) {
      expect([exchange.path, exchange.headers[key.header]]).toEqual([path, key.value]);
      for (const text of input) expect(exchange.body.toString()).toContain(text);
    }
  });
});

it('Ollama’s client gets vectors from any provider, by its newer and older route', async () => {
  const upstream = await startProvider(openAiVectors);
  const { url } = await testServer(chatOptions(upstream.url));
  const client = new Ollama({ host: url });
  const model = 'openai_public/text-embedding-3-small';
  expect(await client.embed({ model, input: ['a', 'b'] })).toMatchObject({
    model,
    embeddings: vectors,
    prompt_eval_count: 8,
  });
  expect(await client.embed({ model, input: 'a' })).toMatchObject({ embeddings: [vectors[0]] });
  expect(await client.embeddings({ model, prompt: 'a' })).toEqual({ embedding: vectors[0] });
  await expect(client.embed({ model, input: '' })).rejects.toThrow('nothing to embed');
  await expect(client.embed({ model: 'stub', input: 'a' })).rejects.toThrow('makes no embeddings');
});

const openAiModel = 'openai_public/text-embedding-3-small';
const post = (body: object, headers: Record<string, string> = {}) => ({
  method: 'POST',
  path: '/v1/embeddings',
  body,
  headers,
});

it('an embedding is priced, logged and counted against the budget', async () => {
  const upstream = await startProvider(openAiVectors);
  const { send, ask } = await testServer(chatOptions(upstream.url));
  const reply = await send(post({ model: openAiModel, input: ['a', 'b'] }));
  expect(reply.json()).toMatchObject({ usage: { prompt_tokens: 8, total_tokens: 8 } });
  await expect.poll(async () => (await ask('calls.list', {})).calls.length).toBe(1);
  expect((await ask('calls.list', {})).calls[0]).toMatchObject({
    kind: 'embedding',
    provider: 'openai_public',
    ok: true,
    usage: { prompt_tokens: 8, completion_tokens: 0 },
    // 8 tokens at 0.02 USD per million.
    cost: { total: expect.closeTo(1.6e-7, 12), source: 'price_table' },
  });
});

it('texts beyond the limit of one request are sent in several, in order', async () => {
  const upstream = await startProvider(openAiVectors);
  const { send } = await testServer(chatOptions(upstream.url));
  const input = Array.from({ length: 600 }, (_, n) => `text ${n}`);
  const reply = await send(post({ model: openAiModel, input, encoding_format: 'float' }));
  const { data, usage } = reply.json() as { data: { index: number }[]; usage: object };
  expect(data).toHaveLength(600);
  expect(usage).toMatchObject({ prompt_tokens: 2400 });
  const sent = upstream.exchanges.map((exchange) => exchange.json()['input'] as string[]);
  expect(sent.map((texts) => texts.length)).toEqual([256, 256, 88]);
  expect(sent.flat()).toEqual(input);
});

describe('embeddings are refused before anything is sent for', () => {
  it.each([
    [
      'a provider without embeddings',
      { model: 'anthropic_public/x', input: 'a' },
      400,
      'makes no embeddings',
    ],
    ['the stub', { model: 'stub', input: 'a' }, 400, 'makes no embeddings'],
    [
      'token ids for a provider that takes only text',
      { model: 'google_gemini/x', input: [[1]] },
      400,
      'not tokens',
    ],
    ['an unknown model', { model: 'text-embedding-3-small', input: 'a' }, 404, 'no provider lists'],
    ['no input', { model: openAiModel }, 400, 'input'],
  ])('%s', async (_what, body, status, words) => {
    const upstream = await startProvider(openAiVectors);
    const { send } = await testServer(chatOptions(upstream.url));
    const reply = await send(post(body));
    expect([reply.status, reply.text]).toEqual([status, expect.stringContaining(words)]);
    expect(upstream.exchanges).toHaveLength(0);
  });

  it('a connector that is off, and a call over the budget', async () => {
    const upstream = await startProvider(openAiVectors);
    const off = await testServer(chatOptions(upstream.url, { files: { 'config/comfyvn.json': {} } }));
    const refused = await off.send(post({ model: openAiModel, input: 'a' }));
    expect([refused.status, refused.json()['error']]).toMatchObject([403, { code: 'feature_disabled' }]);
    const poor = await testServer(
      chatOptions(upstream.url, { env: { COMFYVN_LLM_CALL_BUDGET_USD: '0.000000001' } }),
    );
    const dear = await poor.send(post({ model: openAiModel, input: 'a' }));
    expect([dear.status, dear.json()['error']]).toMatchObject([402, { code: 'budget_exceeded' }]);
    expect(upstream.exchanges).toHaveLength(0);
  });
});

it('a provider’s error keeps its status and message, is not retried, and costs nothing', async () => {
  const error = { error: { message: 'no such embedder', code: 'model_not_found' } };
  const upstream = await startProvider(whole(error, 404));
  const { send, ask } = await testServer(chatOptions(upstream.url));
  const reply = await send(post({ model: openAiModel, input: 'a' }));
  expect([reply.status, reply.json()['error']]).toMatchObject([
    404,
    { code: 'model_not_found', message: expect.stringContaining('no such embedder') },
  ]);
  expect(upstream.exchanges).toHaveLength(1);
  expect((await ask('spend.get', {})).unknown ?? []).toEqual([]);
});

it('a reply with a missing vector is refused, so that no text gets another’s vector', async () => {
  const upstream = await startProvider(whole({ object: 'list', data: [{ index: 0, embedding: [1] }] }));
  const { send } = await testServer(chatOptions(upstream.url));
  const reply = await send(post({ model: openAiModel, input: ['a', 'b'] }));
  expect([reply.status, reply.json()['error']]).toMatchObject([502, { code: 'provider_bad_reply' }]);
});

it('a caller who disconnects closes the connection to the provider', async () => {
  const upstream = await startProvider(silence);
  const { url } = await testServer(chatOptions(upstream.url));
  const leave = new AbortController();
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'x', maxRetries: 0 });
  const answered = client.embeddings
    .create({ model: openAiModel, input: 'a' }, { signal: leave.signal })
    .catch(() => 'left');
  const exchange = await upstream.next();
  leave.abort();
  await exchange.ended;
  expect(await answered).toBe('left');
});
