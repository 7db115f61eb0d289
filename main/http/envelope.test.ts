import { describe, expect, test } from 'vitest';
import { openAiReply, startUpstream } from '../core/__fixtures__/upstream.ts';
import { rawExchange, testServer, type Call, type Reply } from './__fixtures__/test-server.ts';

const post = (path: string, body: unknown, more: Partial<Call> = {}): Call => ({
  method: 'POST',
  path,
  body,
  ...more,
});

function expectEnvelope(reply: Reply, status: number, code: string): void {
  expect({ status: reply.status, code: reply.json()['code'] }).toEqual({ status, code });
  const { ok, message, error, detail, request_id } = reply.json();
  expect(ok).toBe(false);
  expect(message).toEqual(expect.stringMatching(/\S/));
  expect([error, detail]).toEqual([message, message]);
  expect(request_id).toBe(reply.headers['x-request-id']);
  expect(reply.headers['content-type']).toMatch(/^application\/json/);
  expect(reply.text).not.toMatch(/\n\s+at |node:internal|\.ts:\d/);
}

function expectCommonHeaders(reply: Reply): void {
  expect(reply.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
  });
  expect(Object.keys(reply.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
}

describe('every error is an envelope that ComfyVN can read', () => {
  const chat = { messages: [{ role: 'user', content: 'hi' }] };
  const cases: [string, Call, number, string][] = [
    ['an unknown route', { path: '/api/llm/nothing' }, 404, 'unknown_route'],
    ['a path that ends in a slash', { path: '/api/llm/registry/' }, 404, 'unknown_route'],
    ['a wrong method', { method: 'PUT', path: '/api/llm/registry' }, 405, 'method_not_allowed'],
    ['OPTIONS', { method: 'OPTIONS', path: '/api/llm/chat' }, 405, 'method_not_allowed'],
    [
      'broken JSON',
      post('/api/llm/chat', '{"messages": [', { headers: { 'content-type': 'application/json' } }),
      400,
      'invalid_request',
    ],
    ['no messages', post('/api/llm/chat', {}), 400, 'invalid_request'],
    ['a body that is an array', post('/api/llm/chat', []), 400, 'invalid_request'],
    ['an unknown provider', post('/api/llm/chat', { ...chat, provider: 'nobody' }), 404, 'unknown_provider'],
    ['an unknown model', post('/api/llm/chat', { ...chat, model: 'no-such-model' }), 404, 'unknown_model'],
    ['an unknown module', post('/api/llm/chat', { ...chat, module: 'cooking' }), 404, 'unknown_module'],
    [
      'a connector that is off',
      post('/api/llm/chat', { ...chat, provider: 'openai_public' }),
      403,
      'feature_disabled',
    ],
    ['a taken id', post('/api/llm/runtime/register', { id: 'stub', provider: 'stub' }), 409, 'id_taken'],
    [
      'form data',
      post('/api/llm/chat', 'a=b', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
      415,
      'unsupported_media_type',
    ],
    ['a path with invalid escapes', { method: 'DELETE', path: '/api/llm/%E0%A4%A' }, 404, 'unknown_route'],
    ['a backslash in the path', { path: '/api\\llm' }, 400, 'invalid_request'],
    ['a full URL as the path', { path: 'http://127.0.0.1/health' }, 400, 'invalid_request'],
  ];
  for (const [what, call, status, code] of cases) {
    test(`${what} is ${status} ${code}`, async () => {
      const reply = await (await testServer()).send(call);
      expectEnvelope(reply, status, code);
      expectCommonHeaders(reply);
    });
  }

  test('a failed provider is 502 with its own message and the model', async () => {
    const upstream = await startUpstream({
      status: 500,
      body: { error: { message: 'the GPU fell off', code: 'gpu' } },
    });
    const { send } = await testServer({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1` } });
    const reply = await send(post('/api/llm/chat', { ...chat, provider: 'lmstudio_local', retries: 0 }));
    expect(reply.status).toBe(502);
    expect(reply.json()).toMatchObject({
      ok: false,
      error: expect.stringContaining('the GPU fell off'),
      details: {
        provider: 'lmstudio_local',
        upstream_status: 500,
        upstream_message: 'the GPU fell off',
        attempts: [{ n: 1, status: 500 }],
      },
    });
  });

  test('a 405 lists the methods of the path', async () => {
    const reply = await (await testServer()).send({ method: 'PATCH', path: '/api/llm/runtime/some-id' });
    expect(reply.status).toBe(405);
    expect(reply.headers['allow']).toBe('DELETE');
  });

  test('an error that Node raises before any route is an envelope too', async () => {
    const { port } = await testServer();
    for (const bytes of [
      'NONSENSE\r\n\r\n',
      `GET /health HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
    ]) {
      const text = await rawExchange(port, bytes);
      expect(text).toMatch(/^HTTP\/1\.1 400 /);
      expect(text).toMatch(/x-content-type-options: nosniff/i);
      const id = /x-request-id: (\S+)/i.exec(text)?.[1];
      expect(JSON.parse(text.slice(text.indexOf('{')))).toMatchObject({
        ok: false,
        code: 'invalid_request',
        request_id: id,
      });
    }
  });
});

describe('a successful answer', () => {
  test('has headers that keep other pages out, for a HEAD request too', async () => {
    const { send } = await testServer({ panel: true });
    for (const call of [
      { path: '/health' },
      { path: '/api/llm/registry' },
      { path: '/' },
      { method: 'HEAD', path: '/health' },
    ]) {
      const reply = await send(call);
      expect(reply.status).toBe(200);
      expectCommonHeaders(reply);
    }
  });

  test('has them as a stream too, whose refusals keep their status', async () => {
    const upstream = await startUpstream(openAiReply('not streamed'));
    const { send } = await testServer({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.url } });
    const chat = { stream: true, messages: [{ role: 'user', content: 'hi' }] };
    const fine = await send(post('/api/llm/chat', { ...chat, provider: 'lmstudio_local' }));
    expect(fine.headers['content-type']).toMatch(/^text\/event-stream/);
    expectCommonHeaders(fine);
    expectEnvelope(
      await send(post('/api/llm/chat', { ...chat, provider: 'openai_public' })),
      403,
      'feature_disabled',
    );
  });

  test('of /health names the product and its address', async () => {
    const { send, url, clock } = await testServer();
    clock.advance(61_000);
    expect((await send({ path: '/health' })).json()).toMatchObject({
      ok: true,
      service: 'comfyvn-llm-panel',
      version: '0.0.0-test',
      uptime_s: 61,
      providers: 8,
      listening: url,
    });
  });
});

describe('the request id', () => {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  const ask = async (call: Call) => (await testServer({ panel: true })).send(call);

  test('from a caller is repeated in header and body', async () => {
    for (const id of ['a', 'turn-17.b_C', 'x'.repeat(64)]) {
      const reply = await ask({ path: '/health', headers: { 'x-request-id': id } });
      expect([reply.headers['x-request-id'], reply.json()['request_id']]).toEqual([id, id]);
    }
  });

  test('that could break a log line or a header is replaced', async () => {
    for (const id of ['', 'x'.repeat(65), 'two words', '"}', 'a,b', 'ä']) {
      const reply = await ask({
        path: '/health',
        headers: { 'x-request-id': Buffer.from(id).toString('latin1') },
      });
      expect(reply.headers['x-request-id'], JSON.stringify(id)).toMatch(uuid);
      expect(reply.json()['request_id']).toBe(reply.headers['x-request-id']);
    }
  });

  test('is on refusals of the guard, panel files and the event stream too', async () => {
    const headers = { 'x-request-id': 'mine' };
    const refused = await ask({ path: '/health', headers: { ...headers, origin: 'http://evil.example' } });
    expect([refused.headers['x-request-id'], refused.json()['request_id']]).toEqual(['mine', 'mine']);
    expect((await ask({ path: '/', headers })).headers['x-request-id']).toBe('mine');
    expect((await ask({ path: '/' })).headers['x-request-id']).toMatch(uuid);
  });
});
