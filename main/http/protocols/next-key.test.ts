import { describe, expect, it } from 'vitest';
import {
  keyedOptions,
  keyedProtocols,
  keyedUpstream,
  limited,
  pooledKeys,
  refused,
} from '../../core/__fixtures__/keyed-provider.ts';
import { testServer } from '../__fixtures__/test-server.ts';

const [a, b, c] = pooledKeys;
const messages = [{ role: 'user', content: 'hi' }];
const parts = [{ role: 'user', parts: [{ text: 'hi' }] }];

/** A call in each protocol that this server offers, without retries. */
const callers = [
  [
    '/v1/chat/completions',
    (model: string, stream: boolean) => ({
      method: 'POST',
      path: '/v1/chat/completions',
      body: { model, messages, stream },
    }),
  ],
  [
    '/v1/responses',
    (model: string, stream: boolean) => ({
      method: 'POST',
      path: '/v1/responses',
      body: { model, input: 'hi', stream },
    }),
  ],
  [
    '/v1/messages',
    (model: string, stream: boolean) => ({
      method: 'POST',
      path: '/v1/messages',
      body: { model, messages, stream, max_tokens: 50 },
    }),
  ],
  [
    '/v1beta/models',
    (model: string, stream: boolean) => ({
      method: 'POST',
      path: `/v1beta/models/${model}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`,
      body: { contents: parts },
    }),
  ],
] as const;

describe.each(keyedProtocols)('to $provider', (protocol) => {
  it.each(callers)('a call by %s goes on with the next key, whole and streamed', async (_, callOf) => {
    const keyed = await keyedUpstream(protocol);
    const server = await testServer(keyedOptions(keyed, protocol));
    keyed.on({ [a]: refused(protocol, a), [b]: limited(protocol, 60) });
    for (const stream of [false, true]) {
      const { status, text } = await server.send(callOf(`${protocol.provider}/${protocol.model}`, stream));
      expect(status).toBe(200);
      expect(text).toContain('by 2');
      for (const key of pooledKeys) expect(text).not.toContain(key);
    }
    expect(keyed.used()).toEqual([a, b, c, c]);
  });
});

it('while all keys rest the status is 429, and nothing is sent', async () => {
  const [openAi] = keyedProtocols;
  const keyed = await keyedUpstream(openAi!);
  const server = await testServer(keyedOptions(keyed, openAi!, [a, b]));
  keyed.on({ [a]: limited(openAi!, 60), [b]: limited(openAi!, 90) });
  const call = callers[0][1](`openai_public/${openAi!.model}`, false);
  for (let n = 0; n < 2; n++) {
    const { status, text, headers } = await server.send(call);
    expect(status).toBe(429);
    expect(headers['retry-after']).toBe('60');
    expect(text).toContain('2 keys cool down');
  }
  expect(keyed.used()).toEqual([a, b]);
});
