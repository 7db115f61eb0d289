import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { testContext } from '../core/__fixtures__/test-core.ts';
import { openAiChunk, sse, startUpstream } from '../core/__fixtures__/upstream.ts';
import { send, testServer } from './__fixtures__/test-server.ts';

async function takenPort(): Promise<number> {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  return (other.address() as AddressInfo).port;
}

describe('stopping and starting', () => {
  test('nothing listens in between, and the address stays the same', async () => {
    const { ask, port, url } = await testServer();
    expect(await ask('server.stop')).toMatchObject({ state: 'stopped', listening: null, error: null });
    await expect(send(port, { path: '/health' })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(await ask('server.start')).toMatchObject({ state: 'running', listening: url });
    expect((await send(port, { path: '/api/llm/runtime' })).status).toBe(200);
  });

  test('a call in progress is answered before the server closes, and a new one is refused', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const upstream = await startUpstream({
      chunks: [openAiChunk({ content: 'a' }), gate, openAiChunk({ content: 'b' }, 'stop'), sse('[DONE]')],
    });
    const made = await testServer({ env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.url } });
    const body = { provider: 'lmstudio_local', messages: [{ role: 'user', content: 'hi' }], stream: true };
    const pending = made.send({ method: 'POST', path: '/api/llm/chat', body });
    await upstream.request(0);
    const stopped = made.ask('server.stop');
    await expect.poll(async () => (await made.ask('server.status')).state).toBe('stopping');
    expect((await made.send({ path: '/api/llm/runtime' })).json()).toMatchObject({ code: 'shutting_down' });
    release();
    expect((await pending).text).toContain('event: done');
    expect(await stopped).toMatchObject({ state: 'stopped' });
  });

  test('a page cannot stop its own server', async () => {
    const { send, panelToken } = await testServer({ panel: true });
    const headers = { authorization: `Bearer ${panelToken}` };
    const reply = await send({ method: 'POST', path: '/rpc/server.stop', headers, body: {} });
    expect(reply.json()).toMatchObject({ ok: false, error: { message: expect.stringContaining('Ctrl+C') } });
    expect((await send({ path: '/health' })).status).toBe(200);
  });

  test('a port chosen in the panel is saved, one set by a flag is not', async () => {
    const { ask, core, transport } = await testServer();
    const taken = await takenPort();
    await expect(transport.listen(taken)).rejects.toThrow('--port');
    const free = transport.status().error?.try_port ?? 0;
    await ask('server.configure', { port: free });
    expect((await ask('settings.get')).server_port).toBe(free);
    expect((await ask('server.access')).port).toEqual({ value: free, source: 'settings' });
    core.listener.choose({
      host: { value: '127.0.0.1', source: 'environment' },
      port: { value: free, source: 'flag' },
    });
    const made = await testServer();
    made.core.listener.choose({
      host: { value: '127.0.0.1', source: 'environment' },
      port: { value: made.port, source: 'flag' },
    });
    expect((await made.refusal('server.configure', { port: free })).message).toContain('--port');
    expect((await made.refusal('server.configure', { host: '::1' })).message).toContain('COMFYVN_LLM_HOST');
  });
});

describe('access, changed at runtime', () => {
  const guest = { origin: 'http://studio.test:3000' };

  test('an origin is allowed from the next request on, until it is removed', async () => {
    const { ask, send } = await testServer();
    expect((await send({ path: '/health', headers: guest })).status).toBe(403);
    const access = await ask('server.configure', { allowed_origins: ['HTTP://Studio.test:3000/'] });
    expect(access.allowed_origins).toEqual({ values: [guest.origin], source: 'settings' });
    expect((await send({ path: '/health', headers: guest })).headers['access-control-allow-origin']).toBe(
      guest.origin,
    );
    await ask('server.configure', { allowed_origins: [] });
    expect((await send({ path: '/health', headers: guest })).status).toBe(403);
  });

  test.each(['null', '*', 'http://a.test/path', 'studio.test', 'http://*.test'])(
    '"%s" is not a valid origin',
    async (o) => {
      const { refusal, ask } = await testServer();
      expect((await refusal('server.configure', { allowed_origins: [o] })).message).toContain(
        'not an origin',
      );
      expect((await ask('server.access')).allowed_origins.values).toEqual([]);
    },
  );

  test('settings from the environment cannot be changed here', async () => {
    const { refusal, ask } = await testServer({ env: { COMFYVN_LLM_ALLOWED_ORIGINS: guest.origin } });
    expect((await refusal('server.configure', { allowed_origins: [] })).message).toContain(
      'COMFYVN_LLM_ALLOWED_ORIGINS',
    );
    expect((await ask('server.access')).allowed_origins).toEqual({
      values: [guest.origin],
      source: 'environment',
    });
  });

  test.each(['0.0.0.0', '::', 'studio.local', '192.168.0.9'])(
    'an address beyond loopback (%s) needs a token, and the server stays where it is',
    async (host) => {
      const { refusal, ask, url } = await testServer();
      expect((await refusal('server.configure', { host })).message).toContain('COMFYVN_LLM_TOKEN');
      expect((await ask('server.status')).listening).toBe(url);
      expect((await ask('settings.get')).server_host).toBeNull();
    },
  );

  test('with a token it moves to that address on the same port, and back', async () => {
    const token = 'a-token-of-some-length';
    const { ask, port, send } = await testServer({ env: { COMFYVN_LLM_TOKEN: token } });
    const access = await ask('server.configure', { host: '0.0.0.0' });
    expect(access).toMatchObject({
      host: { value: '0.0.0.0', source: 'settings' },
      token: { required: true, source: 'environment', can_make: false },
    });
    expect((await ask('server.status')).listening).toBe(`http://0.0.0.0:${port}`);
    expect((await send({ path: '/api/llm/runtime' })).status).toBe(401);
    await ask('server.configure', { host: '127.0.0.1' });
    expect((await ask('server.status')).listening).toBe(`http://127.0.0.1:${port}`);
    expect(JSON.stringify([await ask('server.access'), await ask('server.endpoints')])).not.toContain(token);
  });

  test('an unavailable address leaves the server at the old one', async () => {
    const env = { COMFYVN_LLM_TOKEN: 'a-token-of-some-length' };
    const { refusal, ask, url, send } = await testServer({ env });
    // An address of the range reserved for documentation, which no machine has.
    await refusal('server.configure', { host: '192.0.2.1' });
    expect((await ask('server.status')).listening).toBe(url);
    expect((await send({ path: '/health' })).status).toBe(200);
    expect((await ask('server.access')).host.value).toBe('127.0.0.1');
  });
});

describe('a token for this session', () => {
  test('goes only to the clipboard, and is required at once', async () => {
    const copied: string[] = [];
    const desktop = {
      copy: (text: string) => void copied.push(text),
      openFile: async () => null,
      openFolder: async () => null,
    };
    const { ask, send, core } = await testServer({ desktop });
    const access = await ask('server.requireToken', { required: true });
    expect(access.token).toEqual({ required: true, source: 'session', can_make: true });
    const token = copied[0] ?? '';
    expect(token.length).toBeGreaterThanOrEqual(16);
    expect((await send({ path: '/api/llm/runtime' })).status).toBe(401);
    const headers = { authorization: `Bearer ${token}` };
    expect((await send({ path: '/api/llm/runtime', headers })).status).toBe(200);
    expect(core.redactor.redact(`x ${token}`)).not.toContain(token);
    expect(JSON.stringify([access, await ask('server.access'), await ask('settings.get')])).not.toContain(
      token,
    );
    await ask('server.requireToken', { required: false });
    expect((await send({ path: '/api/llm/runtime' })).status).toBe(200);
  });

  test('cannot be created without a clipboard, or in place of one from the environment', async () => {
    expect((await (await testServer()).refusal('server.requireToken', { required: true })).message).toContain(
      'COMFYVN_LLM_TOKEN',
    );
    const { refusal } = await testServer({ env: { COMFYVN_LLM_TOKEN: 'a-token-of-some-length' } });
    expect((await refusal('server.requireToken', { required: false })).message).toContain(
      'COMFYVN_LLM_TOKEN',
    );
  });
});

describe('Connect ComfyVN', () => {
  test.each(['proxy', 'openai_compat'] as const)('a %s round trip is answered over HTTP', async (adapter) => {
    const { ask, url } = await testServer();
    const result = await ask('server.connectTest', { adapter });
    expect(result).toMatchObject({ adapter, reply: 'Hello from ComfyVN!', proved: true });
    expect(new URL(result.request.url).origin).toBe(url);
    const { calls } = await ask('calls.list');
    expect(calls[0]).toMatchObject({
      door: 'http',
      provider: 'stub',
      request_id: result.response.request_id,
    });
  });

  test('the proxy form has the fields that ComfyVN sends: model, messages and params', async () => {
    const { ask } = await testServer();
    const { request } = await ask('server.connectTest');
    expect(request.url).toMatch(/\/api\/llm\/chat$/);
    expect(JSON.parse(request.body)).toEqual({
      model: 'stub',
      messages: [{ role: 'user', content: 'Hello from ComfyVN!' }],
      params: {},
    });
  });

  test('works with a token too, which is not in the displayed text', async () => {
    const token = 'a-token-of-some-length';
    const { ask } = await testServer({ env: { COMFYVN_LLM_TOKEN: token } });
    const result = await ask('server.connectTest');
    expect(result.proved).toBe(true);
    expect(JSON.stringify(result)).not.toContain(token);
    expect(result.request.headers['authorization']).toBe('Bearer $COMFYVN_LLM_TOKEN');
  });

  test('reports a stopped server as stopped, not as unreachable', async () => {
    const { ask, refusal } = await testServer();
    await ask('server.stop');
    expect((await refusal('server.connectTest')).message).toContain('start it first');
  });
});

test('the endpoint list has every route with a command that calls it, and the flag it needs', async () => {
  const { ask, url } = await testServer();
  const { endpoints } = await ask('server.endpoints');
  const chat = endpoints.find(({ method, path }) => method === 'POST' && path === '/api/llm/chat');
  expect(chat?.curl).toBe(
    `curl -sS -X POST -H 'Content-Type: application/json' -d '{"provider":"stub","messages":[{"role":"user","content":"Say hello to Mira."}]}' '${url}/api/llm/chat'`,
  );
  expect(chat?.powershell.split('\n')).toEqual([
    `$body = [Text.Encoding]::UTF8.GetBytes('{"provider":"stub","messages":[{"role":"user","content":"Say hello to Mira."}]}')`,
    `$response = Invoke-WebRequest -UseBasicParsing -Method POST -Uri '${url}/api/llm/chat' \``,
    "  -ContentType 'application/json' -Body $body",
    '[Text.Encoding]::UTF8.GetString($response.RawContentStream.ToArray())',
  ]);
  const health = endpoints.find(({ path }) => path === '/health');
  expect(health?.powershell).toContain(`-Method GET -Uri '${url}/health'\n[Text.Encoding]`);
  const emulation = endpoints.find(({ path }) => path === '/api/emulation/chat');
  expect(emulation).toMatchObject({ on: false, flags: ['silly_compat_offload'] });
  await ask('features.set', { flag: 'silly_compat_offload', enabled: true });
  const after = (await ask('server.endpoints')).endpoints.find(({ path }) => path === '/api/emulation/chat');
  expect(after?.on).toBe(true);
  expect(endpoints.filter(({ curl }) => curl.includes('{id}') || curl.includes('{module}'))).toEqual([
    expect.objectContaining({ path: '/api/llm/calls/{id}' }),
  ]);
});

test('the commands take a required token from its variable', async () => {
  const { ask } = await testServer({ env: { COMFYVN_LLM_TOKEN: 'a-token-of-some-length' } });
  const { endpoints } = await ask('server.endpoints');
  const runtime = endpoints.find(({ path }) => path === '/api/llm/runtime');
  expect(runtime?.curl).toContain('-H "Authorization: Bearer $COMFYVN_LLM_TOKEN"');
  expect(runtime?.powershell).toContain("'Authorization' = 'Bearer ' + $env:COMFYVN_LLM_TOKEN");
  expect(JSON.stringify(endpoints)).not.toContain('a-token-of-some-length');
});

test('the log can be followed, and a listener that ends costs nothing more', async () => {
  const { core, send } = await testServer();
  await send({ path: '/api/llm/runtime', headers: { 'x-request-id': 'before-1' } });
  const seen: string[] = [];
  const stop = new AbortController();
  const following = core.dispatcher.dispatch(
    'log.follow',
    { last: 100 },
    testContext({ signal: stop.signal }),
    {
      start: () => {},
      delta: () => {},
      reasoning: () => {},
      tool: () => {},
      usage: () => {},
      log: ({ lines }) => void seen.push(...lines.map(({ request_id }) => request_id ?? '')),
    },
  );
  await expect.poll(() => seen).toContain('before-1');
  await send({ path: '/api/llm/runtime', headers: { 'x-request-id': 'after-1' } });
  await expect.poll(() => seen).toContain('after-1');
  stop.abort();
  expect(await following).toMatchObject({ ok: true });
  await send({ path: '/api/llm/runtime', headers: { 'x-request-id': 'later-1' } });
  expect(seen).not.toContain('later-1');
});
