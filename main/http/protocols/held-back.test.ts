import { describe, expect, it } from 'vitest';
import { chatOptions } from '../../core/__fixtures__/chat-core.ts';
import { whole } from '../../core/__fixtures__/provider-replies.ts';
import { startProvider } from '../../core/__fixtures__/provider-upstream.ts';
import { protocols } from '../../core/__fixtures__/protocols.ts';
import { testServer } from '../__fixtures__/test-server.ts';

const { openAi } = protocols;
const messages = [{ role: 'user' as const, content: 'hi' }];
const model = `openai_public/${openAi.model}`;
const parts = [{ role: 'user', parts: [{ text: 'hi' }] }];

/** Each is checked against its protocol's own error object. */
const callers = [
  ['/v1/chat/completions', { model, messages }, { error: { type: 'rate_limit_error' } }],
  ['/v1/chat/completions', { model, messages, stream: true }, { error: { type: 'rate_limit_error' } }],
  ['/v1/responses', { model, input: 'hi' }, { error: { type: 'rate_limit_error' } }],
  [
    '/v1/messages',
    { model, messages, max_tokens: 9 },
    { type: 'error', error: { type: 'rate_limit_error' } },
  ],
  ['/v1/messages', { model, messages, max_tokens: 9, stream: true }, { type: 'error' }],
  ['/api/chat', { model, messages }, { code: 'provider_rate_limited' }],
  [
    `/v1beta/models/${model}:streamGenerateContent`,
    { contents: parts },
    { error: { code: 429, status: 'RESOURCE_EXHAUSTED' } },
  ],
] as const;

/** A server whose provider has answered one call with a 429 and Retry-After. */
async function pausedServer(ms: number) {
  const upstream = await startProvider(whole(openAi.error('slow down'), 429, { 'retry-after-ms': `${ms}` }));
  const server = await testServer(chatOptions(upstream.url));
  const first = await server.send({
    method: 'POST',
    path: '/v1/chat/completions',
    body: { model, messages },
  });
  expect([first.status, first.headers['retry-after']]).toEqual([429, `${Math.ceil(ms / 1000)}`]);
  upstream.restart(whole(openAi.reply('well')));
  return { upstream, server };
}

describe('while a provider asks for a pause', () => {
  it('callers who cannot be shown a wait get their protocol’s 429 with Retry-After at once; nothing is sent or paid', async () => {
    const { upstream, server } = await pausedServer(39_100);
    for (const [path, body, shape] of callers) {
      const started = performance.now();
      const reply = await server.send({ method: 'POST', path, body });
      expect([path, reply.status]).toEqual([path, 429]);
      const seconds = Number(reply.headers['retry-after']);
      expect(Number.isInteger(seconds) && seconds > 30 && seconds <= 40).toBe(true);
      const json = JSON.parse(reply.text) as unknown;
      expect(Array.isArray(json) ? json[0] : json).toMatchObject(shape);
      expect(reply.text).toContain('the panel keeps this call back');
      expect(performance.now() - started).toBeLessThan(3000);
    }
    const error = await server.refusal('chat.test', {
      provider: 'openai_public',
      model: openAi.model,
      prompt: 'hi',
      live: true,
    });
    expect(error).toMatchObject({
      code: 'provider_rate_limited',
      details: { retry_after_ms: expect.any(Number) },
    });
    expect(upstream.exchanges).toHaveLength(0);
    expect((await server.ask('spend.get', {})).budget).toMatchObject({ reserved: 0, spent_today: 0 });
  });

  it('embeddings are kept back as chats are', async () => {
    const upstream = await startProvider(whole(openAi.error('slow down'), 429, { 'retry-after': '40' }));
    const server = await testServer(chatOptions(upstream.url));
    const body = { model: 'openai_public/text-embedding-3-small', input: 'hi' };
    for (const words of ['slow down', 'the panel keeps this call back']) {
      const { status, headers, text } = await server.send({ method: 'POST', path: '/v1/embeddings', body });
      expect(status).toBe(429);
      expect(Number(headers['retry-after'])).toBeGreaterThan(30);
      expect(text).toContain(words);
    }
    expect(upstream.exchanges).toHaveLength(1);
  });

  it('a short pause is waited for', async () => {
    const { upstream, server } = await pausedServer(200);
    const body = { model, messages };
    const sent = server.send({ method: 'POST', path: '/v1/chat/completions', body });
    expect((await sent).status).toBe(200);
    expect(upstream.exchanges).toHaveLength(1);
  });
});
