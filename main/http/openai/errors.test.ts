import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { openAiError } from '../../../contract/operations/openai.ts';
import { whole } from '../../core/__fixtures__/provider-replies.ts';
import { startProvider } from '../../core/__fixtures__/provider-upstream.ts';
import { vendors, wires } from '../../core/__fixtures__/protocols.ts';
import { testServer, type Call, type Reply } from '../__fixtures__/test-server.ts';
import { openAiServer } from './__fixtures__/openai-server.ts';

const messages = [{ role: 'user' as const, content: 'hi' }];
const model = `openai_public/${wires.openAi.model}`;
const post = (body: unknown, more: Partial<Call> = {}): Call => ({
  method: 'POST',
  path: '/v1/chat/completions',
  body,
  ...more,
});

function expectOpenAiError(reply: Reply, status: number, type: string, code: string): void {
  const { error } = openAiError.strict().parse(reply.json());
  expect({ status: reply.status, type: error.type, code: error.code }).toEqual({ status, type, code });
  expect(Object.keys(error)).toEqual(['message', 'type', 'param', 'code']);
  expect(error.message).toMatch(/\S/);
  expect(reply.headers['x-request-id']).toMatch(/^[\w.-]{1,64}$/);
  expect(reply.headers['content-type']).toMatch(/^application\/json/);
  expect(reply.text).not.toMatch(/\n\s+at |node:internal|\.ts:\d/);
}

describe("every refusal under /v1 has OpenAI's shape", () => {
  const json = { headers: { 'content-type': 'application/json' } };
  const cases: [string, Call, number, string, string][] = [
    ['broken JSON', post('{"messages": [', json), 400, 'invalid_request_error', 'invalid_request'],
    ['a body that is a list', post([]), 400, 'invalid_request_error', 'invalid_request'],
    [
      'no body',
      { method: 'POST', path: '/v1/chat/completions' },
      400,
      'invalid_request_error',
      'invalid_request',
    ],
    [
      'a prototype key',
      post(`{"model":"stub","messages":[],"x":{"__proto__":1}}`, json),
      400,
      'invalid_request_error',
      'forbidden_key',
    ],
    [
      'form data',
      post('a=b', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
      415,
      'invalid_request_error',
      'unsupported_media_type',
    ],
    [
      'a body of 9 MB',
      post({ model: 'stub', messages, pad: 'x'.repeat(9 * 1024 * 1024) }),
      413,
      'invalid_request_error',
      'body_too_large',
    ],
    ['an unknown model', post({ model: 'no-such-model', messages }), 404, 'not_found_error', 'unknown_model'],
    [
      'an unknown module',
      post({ model: 'module:cooking', messages }),
      404,
      'not_found_error',
      'unknown_module',
    ],
    ['a connector that is off', post({ model, messages }), 403, 'permission_error', 'feature_disabled'],
    [
      'a stream of a connector that is off',
      post({ model, messages, stream: true }),
      403,
      'permission_error',
      'feature_disabled',
    ],
    [
      'an unknown route',
      { method: 'POST', path: '/v1/audio/speech', body: {} },
      404,
      'not_found_error',
      'unknown_route',
    ],
    ['a wrong method', { path: '/v1/chat/completions' }, 405, 'invalid_request_error', 'method_not_allowed'],
    [
      'looking up an unknown model',
      { path: '/v1/models/openai_public%2Fno-such' },
      404,
      'not_found_error',
      'unknown_model',
    ],
    [
      'a page of another origin',
      post({ model: 'stub', messages }, { headers: { origin: 'http://evil.example' } }),
      403,
      'permission_error',
      'forbidden_origin',
    ],
    [
      'a foreign Host',
      post({ model: 'stub', messages }, { headers: { host: 'evil.example' } }),
      403,
      'permission_error',
      'forbidden_host',
    ],
  ];
  it.each(cases)('%s', async (_, call, status, type, code) => {
    const { send } = await testServer();
    const reply = await send(call);
    expectOpenAiError(reply, status, type, code);
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });

  it('a missing token is an AuthenticationError, and the right one is accepted', async () => {
    const token = 'a-token-of-a-studio-0123';
    const { url } = await testServer({ env: { COMFYVN_LLM_TOKEN: token } });
    const client = (apiKey: string) => new OpenAI({ baseURL: `${url}/v1`, apiKey, maxRetries: 0 });
    const ask = (key: string) => client(key).chat.completions.create({ model: 'stub', messages });
    await expect(ask('sk-wrong')).rejects.toBeInstanceOf(OpenAI.AuthenticationError);
    expect((await ask(token)).choices[0]?.message.content).toBe('hi');
  });

  it('an error names the invalid field as the caller wrote it', async () => {
    const { send } = await testServer();
    const paramOf = async (body: object) =>
      ((await send(post(body))).json()['error'] as { param: string }).param;
    expect(await paramOf({ model: 'stub' })).toBe('messages');
    expect(await paramOf({ model: 5, messages })).toBe('model');
    expect(await paramOf({ model: 'stub', messages, stream: 'yes' })).toBe('stream');
    expect(await paramOf({ model: 'stub', messages: [{ role: 'king' }] })).toBe('messages[0].role');
  });

  it('an exhausted budget is insufficient_quota, before anything is sent', async () => {
    const upstream = await startProvider(whole(wires.openAi.reply('hi')));
    const { complete } = await openAiServer(upstream.url, {
      env: { COMFYVN_LLM_CALL_BUDGET_USD: '0.0000001' },
    });
    expectOpenAiError(await complete({ model, messages }), 402, 'insufficient_quota', 'budget_exceeded');
    expect(upstream.exchanges).toHaveLength(0);
  });
});

describe("a provider's failure", () => {
  const statuses: [number, number, string][] = [
    [400, 400, 'invalid_request_error'],
    [401, 401, 'authentication_error'],
    [403, 403, 'permission_error'],
    [404, 404, 'not_found_error'],
    [409, 409, 'invalid_request_error'],
    [413, 413, 'invalid_request_error'],
    [422, 422, 'invalid_request_error'],
    [429, 429, 'rate_limit_error'],
    [504, 504, 'server_error'],
  ];
  it.each(statuses)(
    'with %i is %i %s for every provider, with its own message and code',
    async (upstreamStatus, status, type) => {
      const upstream = await startProvider();
      const { complete } = await openAiServer(upstream.url);
      const headers = upstreamStatus === 429 ? { 'retry-after': '45' } : undefined;
      // Errors that are retried take time, so two protocols stand for all.
      for (const wire of status === 504 ? [wires.openAi, wires.anthropic] : vendors) {
        upstream.answer(whole(wire.error('The "quota" is <used> up'), upstreamStatus, headers));
        const reply = await complete({ model: `${wire.provider}/${wire.model}`, messages });
        const reported = openAiError.parse(reply.json()).error.code;
        expectOpenAiError(reply, status, type, reported);
        expect(reported).toMatch(status === 504 ? /^provider_timeout$/ : /^(upstream_|UPSTREAM_|provider_)/);
        expect(reply.text).toContain(JSON.stringify('The "quota" is <used> up').slice(1, -1));
        expect(reply.headers['retry-after']).toBe(upstreamStatus === 429 ? '45' : undefined);
      }
    },
  );

  it('includes our hint, as clients of /v1 see no details', async () => {
    const { complete } = await openAiServer('http://127.0.0.1:9');
    const reply = await complete({ model: 'lmstudio_local/hermes-3-llama-3.1-8b', messages });
    expectOpenAiError(reply, 502, 'server_error', 'provider_unreachable');
    expect(reply.text).toContain('is the server started');
  });

  it("that is permanent is not retried by OpenAI's clients", async () => {
    const upstream = await startProvider(whole(wires.openAi.error('no such parameter'), 400));
    const { url } = await openAiServer(upstream.url);
    const eager = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'x', maxRetries: 3 });
    await expect(eager.chat.completions.create({ model, messages })).rejects.toThrow('no such parameter');
    expect(upstream.exchanges).toHaveLength(1);
  });

  it('that is a 429 keeps the provider’s Retry-After for OpenAI’s clients', async () => {
    const limited = whole(wires.openAi.error('slow down'), 429, { 'retry-after': '31' });
    const upstream = await startProvider(limited, whole(wires.openAi.reply('hi')));
    const { url } = await openAiServer(upstream.url);
    const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'x', maxRetries: 0 });
    const limit = await client.chat.completions.create({ model, messages }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(limit).toBeInstanceOf(OpenAI.RateLimitError);
    expect((limit as InstanceType<typeof OpenAI.RateLimitError>).headers?.get('retry-after')).toBe('31');
    expect((limit as InstanceType<typeof OpenAI.RateLimitError>).headers?.get('x-should-retry')).toBeNull();
    expect(upstream.exchanges).toHaveLength(1);
  });
});
