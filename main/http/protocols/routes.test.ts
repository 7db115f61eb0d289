import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import { Ollama } from 'ollama';
import OpenAI from 'openai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chatOptions } from '../../core/__fixtures__/chat-core.ts';
import { whole } from '../../core/__fixtures__/provider-replies.ts';
import { startProvider } from '../../core/__fixtures__/provider-upstream.ts';
import { protocols } from '../../core/__fixtures__/protocols.ts';
import { testServer, type Call } from '../__fixtures__/test-server.ts';
import { vendorReply } from './__fixtures__/vendor-reply.ts';

const messages = [{ role: 'user' as const, content: 'Say hello to Mira.' }];
const contents = [{ role: 'user', parts: [{ text: 'Say hello to Mira.' }] }];

/** A chat in each protocol. */
const chats = (model: string): [string, Record<string, unknown>][] => [
  ['/v1/chat/completions', { model, messages }],
  ['/v1/responses', { model, input: 'Say hello to Mira.' }],
  ['/v1/completions', { model, prompt: 'Say hello to Mira.' }],
  ['/v1/messages', { model, messages, max_tokens: 200 }],
  ['/api/chat', { model, messages, stream: false }],
  ['/api/generate', { model, prompt: 'Say hello to Mira.', stream: false }],
  [`/v1beta/models/${model}:generateContent`, { contents }],
];
const post = (path: string, body: unknown, more: Partial<Call> = {}): Call => ({
  method: 'POST',
  path,
  body,
  ...more,
});

describe('a status check', () => {
  it('of an Ollama client finds every callable model and its capabilities', async () => {
    const { url } = await testServer();
    const client = new Ollama({ host: url });
    const { models } = await client.list();
    const names = models.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['stub', 'module:vn_chat', 'openai_public/gpt-4o-mini']));
    const shown = await client.show({ model: 'openai_public/gpt-4o-mini' });
    expect(shown.capabilities).toEqual(['completion', 'tools', 'vision']);
    expect(await client.ps()).toEqual({ models: [] });
    expect((await client.version()).version).toMatch(/^\d+\.\d+\.\d+$/);
    for (const name of names) await client.show({ model: name });
    await expect(client.show({ model: 'no-such' })).rejects.toThrow('no provider lists');
  });

  it('of a Gemini client finds the same models', async () => {
    const { url, send } = await testServer();
    const client = new GoogleGenAI({ apiKey: 'x', httpOptions: { baseUrl: url } });
    const ids: string[] = [];
    for await (const { name } of await client.models.list()) ids.push(name ?? '');
    expect(ids).toContain('models/module:vn_chat');
    const one = await send({ path: '/v1beta/models/openai_public/gpt-4o-mini' });
    expect(one.json()).toMatchObject({
      name: 'models/openai_public/gpt-4o-mini',
      supportedGenerationMethods: ['generateContent', 'streamGenerateContent', 'countTokens'],
    });
    const unknown = await send({ path: '/v1beta/models/no-such' });
    expect([unknown.status, unknown.json()['error']]).toMatchObject([404, { status: 'NOT_FOUND' }]);
  });

  it('of the bare address is answered, by HEAD too', async () => {
    const { send } = await testServer();
    expect((await send({ path: '/' })).text).toBe('ComfyVN LLM Panel is running');
    expect((await send({ method: 'HEAD', path: '/' })).status).toBe(200);
  });

  it('that loads a model calls no provider', async () => {
    const upstream = await startProvider(whole(protocols.ollama.reply('hi')));
    const { url } = await testServer(chatOptions(upstream.url));
    const client = new Ollama({ host: url });
    const model = `ollama_default/${protocols.ollama.model}`;
    expect(await client.generate({ model, prompt: '', stream: false })).toMatchObject({
      done_reason: 'load',
    });
    const unload = { model, messages: [], keep_alive: 0, stream: false as const };
    expect(await client.chat(unload)).toMatchObject({ done: true, done_reason: 'unload' });
    expect(upstream.exchanges).toHaveLength(0);
  });
});

describe('an unsupported route names its replacement', () => {
  it.each([
    ['/api/pull', 'GET /api/tags'],
    ['/api/v1/generate', '/v1/chat/completions'],
    ['/completion', '/v1/completions'],
    ['/v1/internal/encode', '/v1/completions'],
    ['/v1/audio/speech', '/v1/responses'],
    ['/v1/messages/batches', 'POST /v1/messages'],
    ['/v1beta/models/stub:predict', ':generateContent'],
    ['/v1beta/cachedContents', ':generateContent'],
    ['/chat/completions', '/v1'],
  ])('POST %s', async (path, use) => {
    const { send } = await testServer();
    const reply = await send(post(path, {}));
    expect(reply.status).toBe(404);
    expect(reply.text).toContain(use);
  });
});

describe('access', () => {
  const token = 'a-token-of-a-studio-0123';

  it('is granted by a token in the header that each client uses for its key', async () => {
    const { url } = await testServer({ env: { COMFYVN_LLM_TOKEN: token } });
    const openAi = (apiKey: string) => new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 });
    const anthropic = (apiKey: string) => new Anthropic({ baseURL: url, apiKey, maxRetries: 0 });
    const gemini = (apiKey: string) => new GoogleGenAI({ apiKey, httpOptions: { baseUrl: url } });
    const say = { model: 'stub', messages, max_tokens: 50 };
    expect((await openAi(token).responses.create({ model: 'stub', input: 'hi' })).output_text).toBe('hi');
    expect((await anthropic(token).messages.create(say)).content[0]).toMatchObject({ type: 'text' });
    const text = await gemini(token).models.generateContent({ model: 'stub', contents: 'hi' });
    expect(text.text).toBe('hi');
    await expect(openAi('wrong').models.list()).rejects.toMatchObject({ status: 401 });
    await expect(anthropic('wrong').messages.create(say)).rejects.toMatchObject({
      status: 401,
      error: { error: { type: 'authentication_error' } },
    });
    await expect(
      gemini('wrong').models.generateContent({ model: 'stub', contents: 'hi' }),
    ).rejects.toMatchObject({ status: 401 });
  });

  it('counts a wrong key in any header towards the lock-out, unless the right one is beside it', async () => {
    const { send } = await testServer({ env: { COMFYVN_LLM_TOKEN: token } });
    const both = { authorization: 'Bearer sk-dummy', 'x-api-key': token };
    expect((await send({ path: '/v1/models', headers: both })).status).toBe(200);
    for (let n = 0; n < 10; n++)
      await send({ path: '/v1/models', headers: { 'x-goog-api-key': `wrong-${n}` } });
    const locked = await send({ path: '/v1/models', headers: { 'x-api-key': token } });
    expect([locked.status, locked.json()['error']]).toMatchObject([429, { code: 'too_many_attempts' }]);
  });

  it('is not granted by a token in the URL, which does not reach the log', async () => {
    const { send, root } = await testServer({
      env: { COMFYVN_LLM_TOKEN: token, COMFYVN_LOG_LEVEL: 'DEBUG' },
    });
    const planted = 'AIza-planted-in-the-address';
    expect((await send({ path: `/v1beta/models?key=${token}` })).status).toBe(401);
    const headers = { authorization: `Bearer ${token}` };
    const path = `/v1beta/models/stub:generateContent?key=${planted}`;
    expect((await send(post(path, { contents }, { headers }))).status).toBe(200);
    const log = () => readFileSync(join(root, 'logs', 'server.log'), 'utf8');
    await expect.poll(log).toContain('generateContent');
    expect(log()).not.toContain(planted);
    expect(log()).not.toContain(token);
  });

  it('keeps a client’s own key away from providers and the key store', async () => {
    const upstream = await startProvider();
    const { send, ask } = await testServer(chatOptions(upstream.url));
    await ask('settings.update', { record_bodies: true });
    const planted = 'sk-planted-by-a-program-77';
    const headers = {
      authorization: `Bearer ${planted}`,
      'x-api-key': planted,
      'x-goog-api-key': planted,
      cookie: planted,
    };
    for (const protocol of [protocols.openAi, protocols.anthropic, protocols.gemini, protocols.ollama]) {
      upstream.answer(vendorReply(protocol, 'hi'));
      for (const [path, body] of chats(`${protocol.provider}/${protocol.model}`)) {
        const reply = await send(post(`${path}?key=${planted}`, body, { headers }));
        expect([path, reply.status]).toEqual([path, 200]);
        expect(reply.text).not.toContain(planted);
      }
    }
    expect(upstream.exchanges).toHaveLength(28);
    for (const exchange of upstream.exchanges)
      expect(JSON.stringify(exchange.headers) + exchange.path + exchange.body.toString()).not.toContain(
        planted,
      );
    expect(JSON.stringify(await ask('calls.list', {}))).not.toContain(planted);
  });

  it('is refused to another origin and a foreign Host in the protocol’s own error format', async () => {
    const { send } = await testServer();
    for (const [path, body] of chats('stub'))
      for (const headers of [{ origin: 'http://evil.example' }, { host: 'evil.example' }]) {
        const reply = await send(post(path, body, { headers }));
        expect([path, reply.status]).toEqual([path, 403]);
        expect(reply.json()).not.toHaveProperty('ok');
      }
  });
});

describe('x-comfyvn-dry-run', () => {
  it('returns a plan in every protocol, and sends nothing', async () => {
    const upstream = await startProvider();
    const { send } = await testServer(chatOptions(upstream.url));
    const headers = { 'x-comfyvn-dry-run': '1' };
    const model = `anthropic_public/${protocols.anthropic.model}`;
    const embeddings = [
      '/v1/embeddings',
      { model: 'openai_public/text-embedding-3-small', input: 'a' },
    ] as const;
    for (const [path, body] of [...chats(model), embeddings]) {
      const reply = await send(post(path, { ...body, stream: false }, { headers }));
      expect([path, reply.status, reply.json()['dry_run']]).toEqual([path, 200, true]);
      expect(reply.json()['plan']).toMatchObject({ method: 'POST', sha256: expect.any(String) });
    }
    expect(upstream.exchanges).toHaveLength(0);
  });

  it('the tokens of a message are counted without sending it', async () => {
    const upstream = await startProvider();
    const { url } = await testServer(chatOptions(upstream.url));
    const client = new Anthropic({ baseURL: url, apiKey: 'x', maxRetries: 0 });
    const model = `anthropic_public/${protocols.anthropic.model}`;
    const short = await client.messages.countTokens({ model, messages });
    const long = await client.messages.countTokens({
      model,
      messages: [{ role: 'user', content: 'harbour '.repeat(500) }],
    });
    expect(short.input_tokens).toBeGreaterThan(3);
    expect(long.input_tokens).toBeGreaterThan(short.input_tokens + 400);
    expect(upstream.exchanges).toHaveLength(0);
  });
});

it('a call in any protocol is priced and logged', async () => {
  const upstream = await startProvider(vendorReply(protocols.openAi, 'hi'));
  const { send, ask } = await testServer(chatOptions(upstream.url));
  for (const [path, body] of chats(`openai_public/${protocols.openAi.model}`)) await send(post(path, body));
  await expect.poll(async () => (await ask('calls.list', {})).calls.length).toBe(7);
  for (const call of (await ask('calls.list', {})).calls)
    expect(call).toMatchObject({
      provider: 'openai_public',
      ok: true,
      door: 'http',
      usage: { prompt_tokens: 11 },
      cost: { source: 'price_table', total: expect.any(Number) },
    });
});

it('dropped parameters are named in the reply of every protocol that has a field for them', async () => {
  const upstream = await startProvider(vendorReply(protocols.ollama, 'hi'));
  const { send } = await testServer(chatOptions(upstream.url));
  const audio = { type: 'input_audio', input_audio: { data: 'UklGRg==', format: 'wav' } };
  const body = {
    model: `ollama_default/${protocols.ollama.model}`,
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Listen.' }, audio] }],
  };
  const openAi = await send(post('/v1/chat/completions', body));
  expect(JSON.stringify(openAi.json()['warnings'])).toContain('input_audio');
  const own = await send(post('/api/llm/chat', body));
  expect(JSON.stringify(own.json()['warnings'])).toContain('input_audio');
});

it('a chat with only a system message is accepted by every provider', async () => {
  const upstream = await startProvider();
  const { send } = await testServer(chatOptions(upstream.url));
  for (const protocol of [protocols.openAi, protocols.anthropic, protocols.gemini, protocols.ollama]) {
    upstream.restart(vendorReply(protocol, 'hi'));
    const body = {
      model: `${protocol.provider}/${protocol.model}`,
      messages: [{ role: 'system', content: 'Say hello to Mira.' }],
    };
    expect((await send(post('/v1/chat/completions', body))).status).toBe(200);
    const sent = upstream.exchanges[0]?.json() ?? {};
    const turns = (sent['messages'] ?? sent['contents']) as { role: string }[];
    expect([protocol.provider, turns.length]).toEqual([protocol.provider, 1]);
    if (protocol !== protocols.openAi && protocol !== protocols.ollama) expect(turns[0]?.role).toBe('user');
  }
});
