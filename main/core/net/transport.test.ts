import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { testCore } from '../__fixtures__/test-core.ts';
import { openAiReply, startUpstream } from '../__fixtures__/upstream.ts';
import { guardedLookup, ownNetworkLookup } from './guarded-lookup.ts';
import { OwnNetworks } from './own-networks.ts';
import { readProxies } from './proxies.ts';
import { readBytes } from './read-body.ts';
import { createTransport } from './transport.ts';

const messages = [{ role: 'user', content: 'hi' }];

async function listenOn(server: Server, host: string): Promise<number> {
  server.listen(0, host);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

interface TestProxy {
  host: string;
  /** The requests it received: the target of CONNECT, or a whole URL. */
  asked: string[];
  headers: IncomingMessage['headers'][];
}

/** A proxy that connects every name to one port of this machine, or answers with the given status. */
async function startProxy(target: number, status = 200): Promise<TestProxy> {
  const server = createServer((incoming, response) => {
    proxy.asked.push(incoming.url ?? '');
    proxy.headers.push(incoming.headers);
    const { method, headers, url = '' } = incoming;
    const { pathname, search } = new URL(url);
    const on = httpRequest({ port: target, method, headers, path: pathname + search }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    incoming.pipe(on);
  });
  server.on('connect', (incoming: IncomingMessage, socket: Socket) => {
    proxy.asked.push(incoming.url ?? '');
    proxy.headers.push(incoming.headers);
    socket.on('error', () => {});
    if (status === 0) return;
    if (status !== 200) return void socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const on = connect(target, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      on.pipe(socket).pipe(on);
    });
    on.on('error', () => socket.destroy());
    socket.on('close', () => on.destroy());
  });
  const proxy: TestProxy = {
    host: `127.0.0.1:${await listenOn(server, '127.0.0.1')}`,
    asked: [],
    headers: [],
  };
  return proxy;
}

function transportWith(env: Record<string, string>, own: string[] = []) {
  const networks = new OwnNetworks(own);
  const transport = createTransport({ proxies: readProxies(env), ownNetworks: () => networks });
  onTestFinished(() => transport.close());
  return transport;
}

const get = (transport: ReturnType<typeof transportWith>, url: string) =>
  transport.send({
    method: 'GET',
    url: new URL(url),
    headers: ['accept', 'application/json'],
    body: null,
    timeoutMs: 2000,
    signal: new AbortController().signal,
  });

describe('calls use the system’s proxy', () => {
  test('with its credentials, and the target’s name', async () => {
    const upstream = await startUpstream({ body: 'through' });
    const proxy = await startProxy(upstream.port);
    const transport = transportWith({ HTTP_PROXY: `http://me:proxy-pass-42@${proxy.host}` });
    const reply = await get(transport, 'http://llm.example.test/v1/models?x=1');
    expect([reply.status, String(await readBytes(reply))]).toEqual([200, 'through']);
    expect(proxy.asked).toEqual(['llm.example.test:80']);
    expect(proxy.headers[0]?.['proxy-authorization']).toBe(
      `Basic ${Buffer.from('me:proxy-pass-42').toString('base64')}`,
    );
    expect(upstream.requests[0]).toMatchObject({
      path: '/v1/models?x=1',
      headers: { host: 'llm.example.test' },
    });
    expect(JSON.stringify(upstream.requests[0]?.rawHeaders)).not.toContain('proxy-auth');
    expect(transport.proxyOf(new URL('https://llm.example.test/'))).toBe(proxy.host);
  });

  test('lower-case variables win, and an address without a scheme is http', async () => {
    const upstream = await startUpstream({ body: 'through' });
    const proxy = await startProxy(upstream.port);
    const transport = transportWith({ http_proxy: proxy.host, HTTP_PROXY: 'http://127.0.0.1:1' });
    expect((await get(transport, 'http://llm.example.test/')).status).toBe(200);
  });

  test.each(['http://127.0.0.1', 'http://localhost', 'http://[::1]', 'http://models.localhost'])(
    'never for this machine: %s',
    async (origin) => {
      const proxy = await startProxy(1);
      const transport = transportWith({
        HTTP_PROXY: `http://${proxy.host}`,
        HTTPS_PROXY: `http://${proxy.host}`,
      });
      expect(transport.proxyOf(new URL(`${origin}:1/`))).toBeNull();
      await expect(get(transport, `${origin}:1/`)).rejects.toThrow(/ECONNREFUSED|^$/);
      expect(proxy.asked).toEqual([]);
    },
  );

  test('never for the user’s own networks', async () => {
    const transport = transportWith({ HTTP_PROXY: 'http://127.0.0.1:1' }, [
      'http://192.168.1.20:1234',
      '10.0.0.0/8',
    ]);
    expect(transport.proxyOf(new URL('http://192.168.1.20:1234/v1'))).toBeNull();
    expect(transport.proxyOf(new URL('http://10.1.2.3/'))).toBeNull();
    expect(transport.proxyOf(new URL('http://192.168.1.21:1234/v1'))).toBe('127.0.0.1:1');
  });

  test.each([
    ['llm.example.test', 'https://llm.example.test/', false],
    ['.example.test', 'https://llm.example.test/', false],
    ['*.example.test', 'https://llm.example.test/', false],
    ['example.test', 'https://llm.example.test/', false],
    ['EXAMPLE.TEST', 'https://llm.example.test./', false],
    ['a.test, example.test:8443', 'https://llm.example.test:8443/', false],
    ['example.test:8443', 'https://llm.example.test/', true],
    ['ample.test', 'https://llm.example.test/', true],
    ['10.0.0.0/8', 'http://10.200.1.1/', false],
    ['10.0.0.0/8', 'http://11.200.1.1/', true],
    ['fd00::/8', 'http://[fd12::1]/', false],
    ['*', 'https://llm.example.test/', false],
    ['', 'https://llm.example.test/', true],
  ])('NO_PROXY=%s, %s', (noProxy, url, proxied) => {
    const env = {
      HTTPS_PROXY: 'http://proxy.test:3128',
      HTTP_PROXY: 'http://proxy.test:3128',
      NO_PROXY: noProxy,
    };
    expect(transportWith(env).proxyOf(new URL(url))).toBe(proxied ? 'proxy.test:3128' : null);
  });
});

describe('a request that the proxy refuses was never sent', () => {
  test.each([
    [407, /answered HTTP 407/, false],
    [403, /answered HTTP 403/, false],
    [502, /answered HTTP 502/, true],
  ])('%d', async (status, message, retryable) => {
    const proxy = await startProxy(1, status);
    const transport = transportWith({ HTTPS_PROXY: `http://me:proxy-pass-42@${proxy.host}` });
    await expect(get(transport, 'https://llm.example.test/')).rejects.toMatchObject({
      name: 'NeverSent',
      cause: {
        code: 'provider_unreachable',
        message: expect.stringMatching(message),
        upstreamCode: 'proxy_refused',
        retryable,
      },
    });
  });

  test('an unreachable proxy is named', async () => {
    const transport = transportWith({ HTTPS_PROXY: 'http://me:proxy-pass-42@127.0.0.1:1' });
    const failed = await get(transport, 'https://llm.example.test/').catch((error: Error) => error);
    expect(failed).toMatchObject({ message: 'the proxy 127.0.0.1:1 refused the connection' });
    expect(JSON.stringify(failed) + String(failed)).not.toContain('proxy-pass');
  });

  test('a silent proxy is given up after 5 s', { timeout: 15_000 }, async () => {
    const proxy = await startProxy(1, 0);
    const transport = transportWith({ HTTPS_PROXY: `http://${proxy.host}` });
    const started = performance.now();
    await expect(get(transport, 'https://llm.example.test/')).rejects.toThrow();
    expect(performance.now() - started).toBeLessThan(9000);
  });

  test.each(['socks5://127.0.0.1:1', 'http://', 'not a proxy'])(
    'an invalid proxy variable does not bypass the proxy: %s',
    async (value) => {
      const transport = transportWith({ HTTPS_PROXY: value });
      await expect(get(transport, 'https://llm.example.test/')).rejects.toMatchObject({
        name: 'NeverSent',
        cause: {
          code: 'provider_unreachable',
          message: expect.stringContaining('HTTPS_PROXY is not the address'),
          retryable: false,
        },
      });
    },
  );
});

test('a chat uses the proxy, and diagnostics name it without its password', async () => {
  const upstream = await startUpstream((request) =>
    request.path.endsWith('/models') ? { body: { data: [{ id: 'm' }] } } : openAiReply('through'),
  );
  const proxy = await startProxy(upstream.port);
  const { ask } = testCore({
    env: {
      HTTP_PROXY: `http://me:proxy-pass-42@${proxy.host}`,
      NO_PROXY: 'other.test',
      COMFYVN_LLM_MINE_API_KEY: 'sk-mine-0123456789',
    },
    files: {
      'config/comfyvn.json': { features: { enable_public_llm: true } },
      'config/llm/providers/mine.json': {
        name: 'mine',
        adapter: 'openai_compat',
        base: 'http://llm.example.test/v1',
        models: [{ id: 'm', pricing: { input: 1, output: 1, source: 's', as_of: '2026-01-01' } }],
      },
    },
  });
  const call = { provider: 'mine', messages, params: { max_tokens: 5 } };
  expect(await ask('chat.send', call)).toMatchObject({ reply: 'through' });
  const { diagnostics } = await ask('providers.check', { name: 'mine' });
  expect(diagnostics).toMatchObject({ status: 'ok', proxy: proxy.host });
  expect(JSON.stringify(diagnostics)).not.toMatch(/proxy-pass|me:/);
  expect((await ask('providers.check', { name: 'lmstudio_local' })).diagnostics).not.toHaveProperty('proxy');
});

test.each([
  ['127.0.0.1', 'localhost'],
  ['::1', 'localhost'],
  ['::1', 'LOCALHOST'],
  ['::1', 'models.localhost'],
])('a server that listens only on %s is reached as %s', async (host, name) => {
  const server = createServer((_request, response) => response.end('here'));
  const port = await listenOn(server, host);
  const reply = await get(transportWith({}), `http://${name}:${port}/`);
  expect(String(await readBytes(reply))).toBe('here');
});

describe('a host name is checked against the address it resolves to', () => {
  const addressOf = promisify(
    (name: string, lookup: typeof guardedLookup, done: (error: Error | null, address?: unknown) => void) =>
      lookup(name, { all: true }, (error, address) => done(error, address)),
  );

  test.each(['169.254.169.254', '0.0.0.0', 'fe80::1'])('%s is never called', async (address) => {
    await expect(addressOf(address, guardedLookup)).rejects.toMatchObject({ code: 'EADDRREFUSED' });
  });

  test('a name in an own network that resolves outside it is refused', async () => {
    await expect(addressOf('192.0.2.7', ownNetworkLookup)).rejects.toMatchObject({ code: 'EADDRREFUSED' });
    expect(await addressOf('192.168.1.20', ownNetworkLookup)).toEqual([
      { address: '192.168.1.20', family: 4 },
    ]);
    expect(await addressOf('192.0.2.7', guardedLookup)).toEqual([{ address: '192.0.2.7', family: 4 }]);
  });
});
