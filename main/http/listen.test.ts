import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startUpstream } from '../core/__fixtures__/upstream.ts';
import { send, testServer } from './__fixtures__/test-server.ts';

/** A port that another program uses. */
async function takenPort(): Promise<number> {
  const other = createServer();
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  return (other.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

describe('a busy port', () => {
  test('is an error that names the flag and a free port, never a silent change of port', async () => {
    const { refusal, ask, url, transport } = await testServer();
    const port = await takenPort();
    const error = await refusal('server.listen', { port });
    expect(error.message).toMatch(new RegExp(`port ${port} .*--port.*COMFYVN_LLM_PORT`));
    const status = await ask('server.status');
    expect(status.listening).toBe(url);
    expect(status.error).toMatchObject({ code: 'port_in_use', message: error.message });
    const offered = status.error?.try_port ?? 0;
    expect(offered).toBeGreaterThan(port);
    await transport.listen(offered);
    expect(transport.status()).toEqual({ listening: `http://127.0.0.1:${offered}`, error: null });
  });

  test('leaves the server reachable at its old port', async () => {
    const { refusal, send } = await testServer();
    await refusal('server.listen', { port: await takenPort() });
    expect((await send({ path: '/health' })).status).toBe(200);
  });
});

describe('moving to another port', () => {
  test('opens the new one, closes the old one, and the guard expects the new one in Host', async () => {
    const { ask, port: old } = await testServer();
    const port = await freePort();
    const status = await ask('server.listen', { port });
    expect(status).toMatchObject({ listening: `http://127.0.0.1:${port}`, error: null });
    expect((await send(port, { path: '/health' })).json()).toMatchObject({
      listening: `http://127.0.0.1:${port}`,
    });
    expect((await send(port, { path: '/health', headers: { host: `127.0.0.1:${old}` } })).status).toBe(403);
    await expect(send(old, { path: '/health' })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('over HTTP still gets its answer', async () => {
    const { send, panelToken } = await testServer({ panel: true });
    const port = await freePort();
    const headers = { authorization: `Bearer ${panelToken}` };
    const reply = await send({ method: 'POST', path: '/rpc/server.listen', headers, body: { port } });
    expect(reply.json()).toMatchObject({ ok: true, data: { listening: `http://127.0.0.1:${port}` } });
  });

  test('the port that the server already has is not an error', async () => {
    const { ask, port, url, send } = await testServer();
    expect(await ask('server.listen', { port })).toMatchObject({ listening: url, error: null });
    expect((await send({ path: '/health' })).status).toBe(200);
  });
});

test('closing ends a request that is waiting', async () => {
  const upstream = await startUpstream({ fault: 'hang' });
  const { send, transport } = await testServer({
    env: { COMFYVN_LLM_LMSTUDIO_LOCAL_BASE_URL: upstream.url },
  });
  const body = { provider: 'lmstudio_local', messages: [{ role: 'user', content: 'hi' }] };
  const pending = send({ method: 'POST', path: '/api/llm/chat', body });
  const seen = await upstream.request(0);
  await Promise.all([expect(pending).rejects.toThrow(/socket hang up|ECONNRESET/), transport.close()]);
  expect(await seen.ended).toBe(false);
});
