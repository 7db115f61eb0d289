import { once } from 'node:events';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { chatOptions, chatTo } from '../core/__fixtures__/chat-core.ts';
import { pieces, silence, whole } from '../core/__fixtures__/provider-replies.ts';
import { startProvider } from '../core/__fixtures__/provider-upstream.ts';
import { protocols } from '../core/__fixtures__/protocols.ts';
import { testServer, type TestServer } from './__fixtures__/test-server.ts';

/** Far below the provider's time limit, which would also close its connection. */
const soonMs = 5000;

function ask(port: number, input: object): ClientRequest {
  const headers = { 'content-type': 'application/json' };
  const request = httpRequest({
    host: '127.0.0.1',
    port,
    path: '/api/llm/chat',
    method: 'POST',
    headers,
    agent: false,
  });
  request.on('error', () => {});
  request.end(JSON.stringify(input));
  return request;
}

/** Resolves once `text` has arrived. */
async function readUntil(request: ClientRequest, text: string): Promise<void> {
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.on('error', () => {});
  let seen = '';
  await new Promise<void>((resolve) => {
    response.on('data', (chunk: Buffer) => {
      seen += chunk.toString();
      if (seen.includes(text)) resolve();
    });
  });
}

/** Loads what the first call needs (tokenizer, prices) before time is measured. */
const warmUp = ({ send }: TestServer) =>
  send({ method: 'POST', path: '/api/llm/chat', body: chatTo(protocols.openAi, { dry_run: true }) });

describe.each(Object.values(protocols))('$provider', (protocol) => {
  it('disconnecting from a stream closes the connection to the provider', async () => {
    const stream = protocol.stream('Once ', 'upon ');
    const begun = protocol.streams
      ? pieces(stream.slice(0, 1 + stream.findIndex((chunk) => chunk.includes('Once'))), 'hang')
      : silence;
    const upstream = await startProvider(begun);
    const transport = await testServer(chatOptions(upstream.url));
    await warmUp(transport);
    const request = ask(transport.port, chatTo(protocol, { stream: true }));
    await readUntil(request, protocol.streams ? 'Once' : 'event: start');
    const exchange = await upstream.next();
    const left = performance.now();
    request.destroy();
    expect((await exchange.ended) - left).toBeLessThan(soonMs);
    expect(upstream.exchanges).toHaveLength(1);
    expect((await transport.send({ path: '/health' })).status).toBe(200);
  });

  it('disconnecting from a call closes the connection to the provider', async () => {
    const upstream = await startProvider(silence);
    const transport = await testServer(chatOptions(upstream.url));
    await warmUp(transport);
    const request = ask(transport.port, chatTo(protocol));
    const exchange = await upstream.next();
    const left = performance.now();
    request.destroy();
    expect((await exchange.ended) - left).toBeLessThan(soonMs);
    expect((await transport.send({ path: '/health' })).status).toBe(200);
    expect(upstream.exchanges).toHaveLength(1);
  });
});

it('twenty callers who disconnect at once leave no socket open', async () => {
  const upstream = await startProvider(pieces(protocols.openAi.stream('Once ').slice(0, 2), 'hang'));
  const { port } = await testServer(chatOptions(upstream.url));
  const requests = Array.from({ length: 20 }, () => ask(port, chatTo(protocols.openAi, { stream: true })));
  await Promise.all(requests.map((request) => readUntil(request, 'Once')));
  expect(upstream.open()).toBe(20);
  for (const request of requests) request.destroy();
  await upstream.idle();
  await expect.poll(() => upstream.open()).toBe(0);
});

it('a caller who stays connected gets exactly one last event', async () => {
  const upstream = await startProvider(
    pieces(protocols.openAi.stream('Once ', 'upon')),
    whole(protocols.openAi.error('gone'), 404),
  );
  const { send } = await testServer(chatOptions(upstream.url));
  const path = '/api/llm/chat';
  const events = (text: string) => [...text.matchAll(/^event: (\w+)$/gm)].map(([, name]) => name);
  const well = await send({ method: 'POST', path, body: chatTo(protocols.openAi, { stream: true }) });
  expect(events(well.text)).toEqual(['start', 'delta', 'delta', 'usage', 'done']);
  const failed = await send({ method: 'POST', path, body: chatTo(protocols.openAi, { stream: true }) });
  expect(events(failed.text)).toEqual(['start', 'error']);
  expect(failed.text).toContain('"code":"provider_not_found"');
});
