import { describe, expect, test } from 'vitest';
import { rawExchange, testServer } from './__fixtures__/test-server.ts';

const token = 'a-token-of-a-studio-0123';
const bearer = (value: string) => ({ authorization: `Bearer ${value}` });
const locked = { env: { COMFYVN_LLM_TOKEN: token } };

describe('with COMFYVN_LLM_TOKEN', () => {
  test('every route needs it except /health and the panel’s files, unknown routes too', async () => {
    const { send } = await testServer({ ...locked, panel: { 'assets/app.js': '1' } });
    for (const path of [
      '/api/llm/registry',
      '/api/llm/runtime',
      '/nowhere',
      '/rpc/settings.get',
      '/rpc/events',
      '/assets/',
      '/healthy',
      '//health',
    ]) {
      const reply = await send({ path });
      expect([path, reply.status, reply.json()['code']]).toEqual([path, 401, 'token_required']);
    }
    for (const path of ['/health', '/', '/index.html', '/assets/app.js'])
      expect((await send({ path })).status, path).toBe(200);
  });

  test('it is accepted only as a Bearer token', async () => {
    const { send } = await testServer(locked);
    const ask = async (authorization: string) =>
      (await send({ path: '/api/llm/runtime', headers: { authorization } })).status;
    expect([await ask(`Bearer ${token}`), await ask(`bearer ${token}`)]).toEqual([200, 200]);
    for (const wrong of [
      token,
      `Basic ${token}`,
      `Bearer ${token}x`,
      `Bearer ${token.slice(0, -1)}`,
      `Bearer ${token.toUpperCase()}`,
      'Bearer ',
    ])
      expect(await ask(wrong), wrong).toBe(401);
  });

  test('the answer to a wrong token contains neither it nor the right one', async () => {
    const { send } = await testServer(locked);
    const reply = await send({ path: '/api/llm/runtime', headers: bearer('a-wrong-try-9876543210') });
    expect(reply.text).not.toContain(token);
    expect(reply.text).not.toContain('9876543210');
  });

  test('ten wrong tokens lock the address out for a minute, even with the right one and on /rpc; /health still answers', async () => {
    const { send, clock } = await testServer({ ...locked, panel: true });
    const ask = async (headers: Record<string, string>, path = '/api/llm/runtime') =>
      (await send({ path, headers })).status;
    for (let i = 0; i < 10; i++) expect(await ask(bearer(`wrong-${i}`))).toBe(401);
    const reply = await send({ path: '/api/llm/runtime', headers: bearer(token) });
    expect([reply.status, reply.json()['code']]).toEqual([429, 'too_many_attempts']);
    expect(await ask(bearer(token), '/rpc/events')).toBe(429);
    expect(await ask({}, '/health')).toBe(200);
    clock.advance(59_999);
    expect(await ask(bearer(token))).toBe(429);
    clock.advance(2);
    expect(await ask(bearer(token))).toBe(200);
  });

  test('nine wrong tokens a minute lock nobody out', async () => {
    const { send, clock } = await testServer(locked);
    const ask = async (value: string) =>
      (await send({ path: '/api/llm/runtime', headers: bearer(value) })).status;
    for (let minute = 0; minute < 3; minute++) {
      for (let i = 0; i < 9; i++) expect(await ask('wrong')).toBe(401);
      clock.advance(60_001);
    }
    expect(await ask(token)).toBe(200);
  });

  test('a caller without a token is asked for one and not counted', async () => {
    const { send } = await testServer(locked);
    for (let i = 0; i < 12; i++) expect((await send({ path: '/api/llm/runtime' })).status).toBe(401);
    expect((await send({ path: '/api/llm/runtime', headers: bearer(token) })).status).toBe(200);
  });
});

describe('/rpc always needs the panel’s token', () => {
  test('without it or with a wrong one it is 401 and changes nothing', async () => {
    const { send, panelToken } = await testServer({ panel: true });
    const update = { method: 'POST', path: '/rpc/settings.update', body: { theme: 'dark' } };
    expect((await send(update)).status).toBe(401);
    expect((await send({ ...update, headers: bearer('wrong') })).status).toBe(401);
    const read = await send({ method: 'POST', path: '/rpc/settings.get', headers: bearer(panelToken) });
    expect(read.json()).toMatchObject({ ok: true, data: { theme: 'system' } });
    expect((await send({ ...update, headers: bearer(panelToken) })).json()).toMatchObject({
      data: { theme: 'dark' },
    });
  });

  test('the token is new for each server, and long', async () => {
    const [a, b] = [await testServer({ panel: true }), await testServer({ panel: true })];
    expect(a.panelToken).not.toBe(b.panelToken);
    expect(a.panelToken).toMatch(/^[\w-]{32,}$/);
  });

  const spellings = [
    '/rpc/',
    '/%72pc/',
    '/r%70c/',
    '/%72%70%63/',
    '/rp%63/',
    '/x/../rpc/',
    '/./rpc/',
    '/%2e/rpc/',
    '/x/%2e%2e/rpc/',
    '/x/%2E./rpc/',
    '//rpc/',
    '/rpc//',
    '\\rpc\\',
    '/x/..\\rpc/',
  ];
  for (const prefix of spellings) {
    test(`written as ${prefix} too, as the guard and the routes parse a path alike`, async () => {
      const { ask, port } = await testServer({ panel: true });
      const path = `${prefix}settings.update`;
      const body = JSON.stringify({ theme: 'dark' });
      const head = `Host: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close`;
      const text = await rawExchange(port, `POST ${path} HTTP/1.1\r\n${head}\r\n\r\n${body}`);
      expect(text).toMatch(/^HTTP\/1\.1 40[0134] /);
      const absolute = await rawExchange(
        port,
        `POST http://127.0.0.1:${port}${path} HTTP/1.1\r\n${head}\r\n\r\n${body}`,
      );
      expect(absolute).toMatch(/^HTTP\/1\.1 40[0134] /);
      expect((await ask('settings.get')).theme).toBe('system');
    });
  }
});
