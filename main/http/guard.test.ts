import { describe, expect, test } from 'vitest';
import { startUpstream } from '../core/__fixtures__/upstream.ts';
import { rawExchange, send, testServer, type Call } from './__fixtures__/test-server.ts';

/** A server whose LM Studio is a real upstream, and a chat that would reach it. */
async function reachable(env: Record<string, string> = {}) {
  const upstream = await startUpstream();
  const made = await testServer({
    env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: `${upstream.url}/v1`, ...env },
  });
  const chat: Call = {
    method: 'POST',
    path: '/api/llm/chat',
    body: { provider: 'lmstudio_local', messages: [{ role: 'user', content: 'hi' }] },
  };
  const attempt = (headers: Record<string, string>, more: Partial<Call> = {}) =>
    made.send({ ...chat, headers, ...more });
  return { ...made, upstream, attempt };
}

test('the guard accepts everything that a local tool sends, so that the other tests prove something', async () => {
  const { attempt, upstream, port } = await reachable();
  const own = [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`];
  for (const host of own) expect((await attempt({ host })).status, host).toBe(200);
  for (const host of own)
    expect((await attempt({ host, origin: `http://${host.toLowerCase()}` })).status, host).toBe(200);
  for (const site of ['same-origin', 'none'])
    expect((await attempt({ 'sec-fetch-site': site })).status, site).toBe(200);
  expect(upstream.requests.length).toBe(own.length * 2 + 2);
});

describe('a foreign Host is 403 and has no effect (DNS rebinding)', () => {
  const hosts = (port: number) => [
    'evil.example',
    `evil.example:${port}`,
    '127.0.0.1',
    'localhost',
    `127.0.0.1:${port + 1}`,
    `localhost.:${port}`,
    `127.0.0.1.nip.io:${port}`,
    `127.0.0.1:${port}.evil.example`,
    `evil.example@127.0.0.1:${port}`,
    `0.0.0.0:${port}`,
    `127.0.0.1:${port},evil.example`,
  ];
  test('in any form', async () => {
    const { attempt, upstream, port } = await reachable();
    for (const host of hosts(port)) {
      const reply = await attempt({ host });
      expect([host, reply.status, reply.json()['code']]).toEqual([host, 403, 'forbidden_host']);
    }
    expect(upstream.connections).toBe(0);
  });

  test('missing or empty', async () => {
    const { attempt, upstream, port } = await reachable();
    expect((await attempt({}, { withoutHost: true })).json()['code']).toBe('forbidden_host');
    const empty = 'GET /health HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n';
    expect(await rawExchange(port, empty)).toMatch(/^HTTP\/1\.1 403 [^]*"code":"forbidden_host"/);
    expect(await rawExchange(port, 'GET /health HTTP/1.0\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 403 [^]*"code":"forbidden_host"/,
    );
    expect(upstream.connections).toBe(0);
  });

  test('in one of two Host headers', async () => {
    const { port } = await testServer();
    for (const pair of [
      [`127.0.0.1:${port}`, 'evil.example'],
      ['evil.example', `127.0.0.1:${port}`],
    ]) {
      const text = await rawExchange(
        port,
        `GET /health HTTP/1.1\r\nHost: ${pair[0]}\r\nHost: ${pair[1]}\r\nConnection: close\r\n\r\n`,
      );
      expect(text).toMatch(/^HTTP\/1\.1 (400|403) /);
      expect(text).not.toContain('comfyvn-llm-panel');
    }
  });

  test('is refused first, for /health and unknown routes too', async () => {
    const { send } = await testServer({ panel: true });
    for (const path of ['/', '/health', '/nowhere', '/rpc/settings.get'])
      expect((await send({ path, headers: { host: 'evil.example' } })).json()['code'], path).toBe(
        'forbidden_host',
      );
  });

  test('is accepted where COMFYVN_LLM_ALLOWED_HOSTS names it, and only then', async () => {
    const { attempt, upstream } = await reachable({ COMFYVN_LLM_ALLOWED_HOSTS: 'Studio.local:8000, vn.lan' });
    expect((await attempt({ host: 'studio.local:8000' })).status).toBe(200);
    expect((await attempt({ host: 'VN.lan' })).status).toBe(200);
    expect((await attempt({ host: 'studio.local' })).status).toBe(403);
    expect(upstream.requests.length).toBe(2);
  });
});

describe('a page of another origin is 403, without CORS headers, and has no effect', () => {
  test('by its Origin header', async () => {
    const { attempt, upstream, port } = await reachable();
    const origins = [
      'http://evil.example',
      'https://evil.example',
      'null',
      `http://127.0.0.1:${port + 1}`,
      'http://127.0.0.1',
      `https://127.0.0.1:${port}`,
      `http://localhost:${port}`,
      `http://127.0.0.1:${port}.evil.example`,
      'file://',
      '',
    ];
    for (const origin of origins) {
      const reply = await attempt({ origin });
      expect([origin, reply.status, reply.json()['code']]).toEqual([origin, 403, 'forbidden_origin']);
      expect(reply.headers['access-control-allow-origin']).toBeUndefined();
    }
    expect(upstream.connections).toBe(0);
  });

  test('by Sec-Fetch-Site, where the browser sends no Origin', async () => {
    const { attempt, upstream, send } = await reachable();
    for (const site of ['cross-site', 'same-site', 'Cross-Site', 'something-new']) {
      expect((await attempt({ 'sec-fetch-site': site })).json()['code'], site).toBe('forbidden_origin');
      expect(
        (await send({ path: '/api/llm/registry', headers: { 'sec-fetch-site': site } })).status,
        site,
      ).toBe(403);
    }
    expect(upstream.connections).toBe(0);
  });

  test('its preflight is refused too', async () => {
    const { send } = await testServer();
    const headers = {
      origin: 'http://evil.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    };
    const reply = await send({ method: 'OPTIONS', path: '/api/llm/chat', headers });
    expect(reply.status).toBe(403);
    expect(Object.keys(reply.headers).filter((h) => h.startsWith('access-control'))).toEqual([]);
  });

  test('COMFYVN_LLM_ALLOWED_ORIGINS allows the origins it names, and only those', async () => {
    const { attempt } = await reachable({ COMFYVN_LLM_ALLOWED_ORIGINS: 'http://studio.local:9000' });
    expect((await attempt({ origin: 'http://studio.local:9000' })).status).toBe(200);
    expect((await attempt({ origin: 'http://studio.local:9001' })).status).toBe(403);
    expect((await attempt({ origin: 'null' })).status).toBe(403);
  });

  test('a form post as text/plain has no effect', async () => {
    const { upstream, send, attempt } = await reachable();
    const body = JSON.stringify({ provider: 'lmstudio_local', messages: [{ role: 'user', content: 'hi' }] });
    expect(
      (await send({ method: 'POST', path: '/api/llm/chat', body, headers: { 'content-type': 'text/plain' } }))
        .status,
    ).toBe(415);
    expect((await attempt({ 'content-type': 'text/plain', origin: 'null' })).status).toBe(403);
    expect(
      (await send({ method: 'POST', path: '/api/llm/refresh', headers: { origin: 'http://evil.example' } }))
        .status,
    ).toBe(403);
    expect(upstream.connections).toBe(0);
  });
});

test('a refused request with a large body does not block the next one on its connection', async () => {
  const { port } = await testServer();
  const refused = await send(port, {
    method: 'POST',
    path: '/api/llm/chat',
    body: 'x'.repeat(5_000_000),
    headers: { origin: 'null' },
  });
  expect(refused.status).toBe(403);
  expect((await send(port, { path: '/health' })).status).toBe(200);
});
