import { createServer, request as httpRequest } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { chatOptions, hello } from '../core/__fixtures__/chat-core.ts';
import { silence, whole } from '../core/__fixtures__/provider-replies.ts';
import { startProvider } from '../core/__fixtures__/provider-upstream.ts';
import { maxSame } from '../core/net/loop-guard.ts';
import { testServer, type TestServer } from './__fixtures__/test-server.ts';

/** A proxy on loopback that forwards every call to `target`, like a reverse proxy. */
async function startRelay(drops: string[] = []) {
  const relay = { url: '', target: '', calls: 0 };
  const server = createServer((incoming, outgoing) => {
    relay.calls++;
    const { host: _host, ...headers } = incoming.headers;
    for (const name of drops) delete headers[name];
    const onwards = httpRequest(
      relay.target + (incoming.url ?? ''),
      { method: incoming.method ?? 'POST', headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onwards.on('error', () => outgoing.destroy());
    incoming.pipe(onwards);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  relay.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return relay;
}

const addProxy = ({ ask }: TestServer, id: string, base_url: string) =>
  ask('runtime.register', { id, provider: 'proxy', metadata: { base_url, models: ['anything'] } });
const chatBody = (provider: string, overrides: object = {}) => ({
  provider,
  model: 'anything',
  messages: hello,
  ...overrides,
});

describe('a provider whose address is ours', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]', '127.0.0.2', 'panel.localhost'])(
    '%s: 508, and nothing is sent',
    async (host) => {
      const upstream = await startProvider(silence);
      const transport = await testServer(chatOptions(upstream.url));
      await addProxy(transport, 'mirror', `http://${host}:${transport.port}/api/llm`);
      const reply = await transport.send({ method: 'POST', path: '/api/llm/chat', body: chatBody('mirror') });
      expect(reply.status).toBe(508);
      expect(reply.json()).toMatchObject({ ok: false, code: 'loop_detected' });
    },
  );

  it('is a 508 in a stream and a test call too', async () => {
    const upstream = await startProvider(silence);
    const transport = await testServer(chatOptions(upstream.url));
    await addProxy(transport, 'mirror', `${transport.url}/api/llm`);
    const streamed = await transport.send({
      method: 'POST',
      path: '/api/llm/chat',
      body: chatBody('mirror', { stream: true }),
    });
    expect(streamed.text).toContain('"code":"loop_detected"');
    expect(streamed.text.match(/event: (done|error)/g)).toEqual(['event: error']);
    const tried = await transport.send({
      method: 'POST',
      path: '/api/llm/test-call',
      body: { registry_id: 'mirror', prompt: 'hi' },
    });
    expect(tried.status).toBe(508);
  });

  it('still shows the request in a dry run', async () => {
    const upstream = await startProvider(silence);
    const transport = await testServer(chatOptions(upstream.url));
    await addProxy(transport, 'mirror', `${transport.url}/api/llm`);
    const reply = await transport.send({
      method: 'POST',
      path: '/api/llm/chat',
      body: chatBody('mirror', { dry_run: true }),
    });
    expect(reply.status).toBe(200);
  });
});

describe('a relay that leads back to us', () => {
  it('is stopped at its first return, as a 508 for the caller too', async () => {
    const upstream = await startProvider(silence);
    const transport = await testServer(chatOptions(upstream.url));
    const relay = await startRelay();
    relay.target = `${transport.url}/api`;
    await addProxy(transport, 'detour', `${relay.url}/llm`);
    // The returning call names only the model.
    const reply = await transport.send({ method: 'POST', path: '/api/llm/chat', body: chatBody('detour') });
    expect(reply.status).toBe(508);
    expect(reply.json()).toMatchObject({ code: 'loop_detected', message: expect.stringContaining('detour') });
    expect(relay.calls).toBe(1);
  });

  it('is stopped even where it drops the loop header: nothing is retried, and no connection stays open', async () => {
    const upstream = await startProvider(silence);
    const transport = await testServer(chatOptions(upstream.url));
    const relay = await startRelay(['x-comfyvn-llm-hops']);
    relay.target = `${transport.url}/api`;
    // The returning call names only the model, which is this adapter again.
    await addProxy(transport, 'anything', `${relay.url}/llm`);
    const reply = await transport.send({ method: 'POST', path: '/api/llm/chat', body: chatBody('anything') });
    expect(reply.status).toBe(508);
    expect(reply.json()).toMatchObject({ code: 'loop_detected' });
    expect(relay.calls).toBeLessThanOrEqual(maxSame);
  });

  it('is stopped too where two servers call each other', async () => {
    const upstream = await startProvider(silence);
    const one = await testServer(chatOptions(upstream.url));
    const two = await testServer(chatOptions(upstream.url));
    await addProxy(one, 'other', `${two.url}/api/llm`);
    await addProxy(two, 'other', `${one.url}/api/llm`);
    const reply = await one.send({ method: 'POST', path: '/api/llm/chat', body: chatBody('other') });
    expect(reply.status).toBe(508);
  });

  it('a chain of servers that ends is not a loop', async () => {
    const upstream = await startProvider(silence);
    const end = await startProvider(whole({ reply: 'from the end' }));
    const last = await testServer(chatOptions(upstream.url));
    const first = await testServer(chatOptions(upstream.url));
    await addProxy(last, 'end', `${end.url}/llm`);
    await addProxy(first, 'next', `${last.url}/api/llm`);
    const reply = await first.send({ method: 'POST', path: '/api/llm/chat', body: chatBody('next') });
    expect(reply.json()).toMatchObject({ ok: true, reply: 'from the end' });
    expect(end.exchanges[0]!.headers['x-comfyvn-llm-hops']).toMatch(/^[0-9a-f]{8}, [0-9a-f]{8}$/);
  });
});
