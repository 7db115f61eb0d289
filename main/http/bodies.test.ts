import { describe, expect, test } from 'vitest';
import { startUpstream } from '../core/__fixtures__/upstream.ts';
import { send, testServer, type Call } from './__fixtures__/test-server.ts';

const json = { 'content-type': 'application/json' };
const stubChat = { provider: 'stub', messages: [{ role: 'user', content: 'Ping' }] };
const chat = (body: unknown, more: Partial<Call> = {}): Call => ({
  method: 'POST',
  path: '/api/llm/chat',
  body,
  ...more,
});
const fieldsOf = (reply: { json(): Record<string, unknown> }) =>
  (reply.json()['details'] as { fields: { path: string; message: string }[] }).fields;

describe('a missing body', () => {
  test('needs no content type for a POST or a DELETE', async () => {
    const { send } = await testServer();
    expect((await send({ method: 'POST', path: '/api/llm/refresh' })).status).toBe(200);
    expect(
      (await send({ method: 'POST', path: '/api/llm/refresh', headers: { 'content-length': 0 } })).status,
    ).toBe(200);
    const gone = await send({ method: 'DELETE', path: '/api/llm/runtime/never-there' });
    expect([gone.status, gone.json()['ok']]).toEqual([200, true]);
  });

  test('counts as {}: a required field is then reported as missing, not as invalid JSON', async () => {
    const reply = await (await testServer()).send({ method: 'POST', path: '/api/llm/chat' });
    expect(reply.status).toBe(400);
    expect(fieldsOf(reply).map((f) => f.path)).toEqual(['messages']);
  });

  test('counts as {} when sent as an empty chunked body', async () => {
    const reply = await (
      await testServer()
    ).send({ method: 'POST', path: '/api/llm/refresh', headers: json, body: '', chunked: true });
    expect(reply.status).toBe(200);
  });
});

describe('content types', () => {
  const accepted = [
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
    'Application/JSON ; x=y',
  ];
  const refused = [
    'text/plain',
    'text/plain;application/json',
    'application/jsonp',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/json',
    '',
  ];
  for (const type of accepted) {
    test(`"${type}" is accepted`, async () => {
      const reply = await (
        await testServer()
      ).send(chat(JSON.stringify(stubChat), { headers: { 'content-type': type } }));
      expect([reply.status, reply.json()['reply']]).toEqual([200, 'Ping']);
    });
  }
  for (const type of refused) {
    test(`"${type}" is 415, and nothing happens`, async () => {
      const { send } = await testServer();
      const body = JSON.stringify({ id: 'planted', provider: 'stub' });
      const reply = await send({
        method: 'POST',
        path: '/api/llm/runtime/register',
        body,
        headers: { 'content-type': type },
      });
      expect([reply.status, reply.json()['code']]).toEqual([415, 'unsupported_media_type']);
      expect((await send({ path: '/api/llm/runtime' })).json()['adapters']).toEqual([]);
    });
  }

  test('a body without a content type is 415, chunked or not', async () => {
    const { send } = await testServer();
    for (const chunked of [false, true]) {
      const reply = await send(chat(JSON.stringify(stubChat), { chunked }));
      expect(reply.status).toBe(415);
    }
  });
});

describe('sizes', () => {
  const limit = 8 * 1024 * 1024;
  const ofSize = (bytes: number) => {
    const frame = JSON.stringify({ ...stubChat, messages: [{ role: 'user', content: '' }] });
    return JSON.stringify({
      ...stubChat,
      messages: [{ role: 'user', content: 'x'.repeat(bytes - frame.length) }],
    });
  };

  test('a body of exactly 8 MB is accepted', async () => {
    const reply = await (await testServer()).send(chat(ofSize(limit), { headers: json }));
    expect(reply.status).toBe(200);
  });

  for (const chunked of [false, true]) {
    test(`one byte more is a 413${chunked ? ' though no length was sent' : ''}: the connection is not just dropped`, async () => {
      const reply = await (await testServer()).send(chat(ofSize(limit + 1), { headers: json, chunked }));
      expect([reply.status, reply.json()['code']]).toEqual([413, 'body_too_large']);
    });
  }

  test('the request after one that was too large is answered', async () => {
    const { port } = await testServer();
    await send(port, chat(ofSize(limit + 1), { headers: json }));
    expect((await send(port, { path: '/health' })).status).toBe(200);
  });
});

test('a chunked body is read completely, with characters split between chunks', async () => {
  const text = '日本語'.repeat(50_000);
  const reply = await (
    await testServer()
  ).send(chat({ ...stubChat, messages: [{ role: 'user', content: text }] }, { chunked: true }));
  expect(reply.json()['reply']).toBe(text);
});

describe('keys that reach into prototypes are a 400', () => {
  const bodies: [string, string, string][] = [
    ['at the top level', '{"__proto__": {"x": 1}, "messages": []}', '__proto__'],
    ['deep in params', '{"params": {"a": [{"constructor": 1}]}, "messages": []}', 'params.a[0].constructor'],
    [
      'in a message',
      '{"messages": [{"role": "user", "content": "x", "prototype": 1}]}',
      'messages[0].prototype',
    ],
    [
      'escaped',
      '{"params": {"\\u005f\\u005fproto\\u005f\\u005f": {"x": 1}}, "messages": []}',
      'params.__proto__',
    ],
    [
      'partly escaped, in capitals',
      '{"params": {"_\\u005F\\u0070roto__": 1}, "messages": []}',
      'params.__proto__',
    ],
    [
      'in provider_options',
      '{"provider_options": {"body": {"__proto__": {"n": 2}}}, "messages": []}',
      'provider_options.body.__proto__',
    ],
  ];
  for (const [where, body, path] of bodies) {
    test(`${where}`, async () => {
      const upstream = await startUpstream();
      const { send } = await testServer({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.url } });
      const reply = await send(chat(body, { headers: json }));
      expect([reply.status, reply.json()['code']]).toEqual([400, 'forbidden_key']);
      expect(reply.json()['message']).toContain(`"${path}"`);
      expect(({} as Record<string, unknown>)['x']).toBeUndefined();
      expect(upstream.connections).toBe(0);
    });
  }

  test('the same words may occur in a text', async () => {
    const text = 'the prototype of a constructor is __proto__, \\u005f';
    const reply = await (
      await testServer()
    ).send(chat({ provider: 'stub', messages: [{ role: 'user', content: text }] }));
    expect(reply.json()['reply']).toBe(text);
  });

  test('a body nested too deeply is a 400', async () => {
    const { send } = await testServer();
    for (const nest of [
      (n: number) => '['.repeat(n) + ']'.repeat(n),
      (n: number) => '{"a":'.repeat(n) + '1' + '}'.repeat(n),
    ]) {
      const body = `{"provider":"stub","messages":[{"role":"user","content":"x"}],"provider_options":{"body":{"deep":${nest(50_000)}}}}`;
      const reply = await send(chat(body, { headers: json }));
      expect([reply.status, reply.json()['code']]).toEqual([400, 'invalid_request']);
    }
  });
});

test('an error about a body that ends next to a key does not quote the key', async () => {
  const reply = await (
    await testServer()
  ).send(chat('{"metadata": {"api_key": sk-live-1234567890}}', { headers: json }));
  expect(reply.status).toBe(400);
  expect(reply.json()['message']).toMatch(/not JSON.*line 1/);
  expect(reply.text).not.toContain('sk-live');
});
