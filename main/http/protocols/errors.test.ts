import { APICallError } from 'ai';
import { describe, expect, it } from 'vitest';
import { chatOptions } from '../../core/__fixtures__/chat-core.ts';
import { whole } from '../../core/__fixtures__/provider-replies.ts';
import {
  startProvider,
  type ProviderUpstream,
  type Reply,
} from '../../core/__fixtures__/provider-upstream.ts';
import { vendors, protocols } from '../../core/__fixtures__/protocols.ts';
import { testServer } from '../__fixtures__/test-server.ts';
import { allClients, clients, type Ask, type RealClient } from './__fixtures__/real-clients.ts';

const messages = [{ role: 'user' as const, content: 'hi' }];
const words = 'the quota is used up';

/** The HTTP status that a client's error reports. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof APICallError) return error.statusCode;
  const { status, status_code, lastError } = error as Record<string, unknown>;
  if (lastError) return statusOf(lastError);
  return typeof status === 'number' ? status : (status_code as number | undefined);
}

async function failureOf(
  client: RealClient,
  ask: Ask,
): Promise<{ status: number | undefined; text: string }> {
  try {
    await client.whole(ask);
  } catch (error) {
    return { status: statusOf(error), text: String(error) };
  }
  throw new Error('the call did not fail');
}

describe.each(allClients)('$name', (client) => {
  it('gets every provider’s status and message after a single request', async () => {
    const upstream = await startProvider();
    const { url } = await testServer(chatOptions(upstream.url));
    for (const protocol of vendors)
      for (const status of protocol === protocols.openAi ? [400, 401, 403, 404, 429] : [400, 401, 429]) {
        upstream.restart(whole(protocol.error(words), status));
        const failure = await failureOf(client, {
          url,
          model: `${protocol.provider}/${protocol.model}`,
          messages,
        });
        expect([protocol.provider, failure.status]).toEqual([protocol.provider, status]);
        expect(failure.text).toContain(words);
        expect(upstream.exchanges).toHaveLength(1);
      }
  });
});

describe.each([clients.openAiChat, clients.aiSdkCompatible, clients.langchainChat])('$name', (client) => {
  async function requestsFor(upstream: ProviderUpstream, reply: Reply, ask: Ask): Promise<number> {
    upstream.restart(reply);
    await client.whole(ask).catch(() => undefined);
    return upstream.exchanges.length;
  }

  // The clients wait before they retry, so all statuses run at once.
  it('sends as many requests to a provider that fails as without the panel, whatever the status', async () => {
    await Promise.all(
      [400, 401, 403, 404, 429, 500].map(async (status) => {
        const upstream = await startProvider();
        const { url } = await testServer(chatOptions(upstream.url));
        const reply = whole(protocols.openAi.error(words), status);
        const { model } = protocols.openAi;
        const common = { messages, maxRetries: 1 };
        const direct = await requestsFor(upstream, reply, { url: upstream.url, model, ...common });
        const throughUs = { url, model: `openai_public/${model}`, ...common };
        expect([status, await requestsFor(upstream, reply, throughUs)]).toEqual([status, direct]);
        if (status === 500) expect(direct).toBe(2);
      }),
    );
  });
});

it('the Anthropic and Ollama clients send a failing provider no more requests than without the panel', async () => {
  const upstream = await startProvider(whole(protocols.anthropic.error(words), 500));
  const { url } = await testServer(chatOptions(upstream.url));
  const model = `anthropic_public/${protocols.anthropic.model}`;
  await clients.anthropic.whole({ url, model, messages, maxRetries: 1 }).catch(() => undefined);
  expect(upstream.exchanges).toHaveLength(2);
  upstream.restart(whole(protocols.ollama.error(words), 500));
  const local = `ollama_default/${protocols.ollama.model}`;
  await clients.ollamaChat.whole({ url, model: local, messages }).catch(() => undefined);
  expect(upstream.exchanges).toHaveLength(1);
});

it('every protocol passes on a provider’s Retry-After', async () => {
  const limited = whole(protocols.openAi.error(words), 429, { 'retry-after': '31' });
  const upstream = await startProvider(limited);
  const { send } = await testServer(chatOptions(upstream.url));
  const model = `openai_public/${protocols.openAi.model}`;
  const contents = [{ role: 'user', parts: [{ text: 'hi' }] }];
  for (const [path, body] of [
    ['/v1/chat/completions', { model, messages }],
    ['/v1/responses', { model, input: 'hi' }],
    ['/v1/completions', { model, prompt: 'hi' }],
    ['/v1/messages', { model, messages, max_tokens: 9 }],
    ['/api/chat', { model, messages }],
    ['/api/generate', { model, prompt: 'hi', stream: false }],
    [`/v1beta/models/${model}:generateContent`, { contents }],
    [`/v1beta/models/${model}:streamGenerateContent`, { contents }],
  ] as const) {
    const reply = await send({ method: 'POST', path, body });
    expect([path, reply.status, reply.headers['retry-after']]).toEqual([path, 429, '31']);
  }
});

it('every vendor’s status is kept on another protocol', async () => {
  const upstream = await startProvider();
  const { send } = await testServer(chatOptions(upstream.url));
  for (const protocol of vendors) {
    upstream.answer(whole(protocol.error(words), 422));
    const body = { model: `${protocol.provider}/${protocol.model}`, messages, max_tokens: 9 };
    const reply = await send({ method: 'POST', path: '/v1/messages', body });
    expect([protocol.provider, reply.status]).toEqual([protocol.provider, 422]);
    expect(reply.json()).toMatchObject({ type: 'error', error: { message: expect.stringContaining(words) } });
  }
});
