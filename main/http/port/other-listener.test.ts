import { once } from 'node:events';
import { createServer as createHttpServer, get, type IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { json } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { testServer } from '../__fixtures__/test-server.ts';
import { bind } from './refused-port.ts';
import { otherListener } from './other-listener.ts';

/** Another program that answers at this address of the machine. */
async function another(host: string, port: number): Promise<void> {
  const server = createServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
  server.listen({ host, port });
  await once(server, 'listening');
  onTestFinished(() => void server.close());
}

/** The answer of `/health` at one address. */
async function healthAt(host: string, port: number): Promise<unknown> {
  const sent = get({ host, port, path: '/health', agent: false });
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return json(response);
}

const isThere = (address: string) =>
  Object.values(networkInterfaces()).some((list) => list?.some((one) => one.address === address));
const hasLocalhost6 = isThere('::1');
// On systems where all of 127.0.0.0/8 is this machine, a second loopback address stands for "all addresses";
// only there both can be bound.
const hasSecondLoopback = process.platform === 'linux' || process.platform === 'win32';

async function movedBeside(host: string) {
  const made = await testServer();
  const free = await testServer();
  await free.transport.close();
  await another(host, free.port);
  await made.transport.listen(free.port);
  return { ...made, port: free.port };
}

test.runIf(hasLocalhost6)(
  'another program at the IPv6 localhost gives a warning, with the address to call',
  async () => {
    const { ask, port } = await movedBeside('::1');
    await expect
      .poll(async () => (await ask('server.status')).warnings, { timeout: 15_000 })
      .toEqual([
        expect.stringMatching(`port ${port} too: calls to localhost reach it.*http://127.0.0.1:${port}`),
      ]);
  },
);

test.runIf(hasSecondLoopback)('another program on all addresses gives a warning', async () => {
  const { ask, port } = await movedBeside('127.0.0.2');
  await expect
    .poll(async () => (await ask('server.status')).warnings, { timeout: 15_000 })
    .toEqual([expect.stringMatching(`port ${port} too: calls to this machine's other addresses reach it`)]);
});

test.runIf(hasSecondLoopback)(
  'after a move to an unshared port the warning is gone, and windows are notified of both',
  async () => {
    const { core, ask, transport } = await testServer();
    const stale: string[] = [];
    core.onEvent((event) => void (event.type === 'stale' && stale.push(...event.operations)));
    const free = await testServer();
    await free.transport.close();
    await another('127.0.0.2', free.port);
    await transport.listen(free.port);
    await expect.poll(() => stale, { timeout: 15_000 }).toEqual(['server.status']);
    await transport.listen(0);
    expect((await ask('server.status')).warnings).toEqual([]);
    expect(stale).toEqual(['server.status', 'server.status']);
  },
);

test.each(['0.0.0.0', '127.0.0.1'])(
  'our own answer at another address gives no warning: %s',
  async (host) => {
    const server = createHttpServer();
    await bind(server, host, 0);
    onTestFinished(() => void server.close());
    expect(await otherListener(server)).toBeNull();
  },
);

test.runIf(hasLocalhost6)(
  'localhost reaches the server at both of its addresses, and neither after a stop',
  async () => {
    const { port, transport, url } = await testServer();
    for (const host of ['127.0.0.1', '::1', 'localhost'])
      expect(await healthAt(host, port), host).toMatchObject({ listening: url });
    await transport.close();
    for (const host of ['127.0.0.1', '::1']) await expect(healthAt(host, port)).rejects.toThrow();
  },
);

test.runIf(hasLocalhost6)('after a move the old port is closed at both addresses', async () => {
  const { port, transport } = await testServer();
  await transport.listen(0);
  const { listening } = transport.status();
  expect(await healthAt('::1', Number(new URL(listening ?? '').port))).toMatchObject({ listening });
  for (const host of ['127.0.0.1', '::1']) await expect(healthAt(host, port)).rejects.toThrow();
});

test.runIf(hasLocalhost6 && hasSecondLoopback)(
  'a server at one address chosen by the user does not listen at ::1',
  async () => {
    const { transport, core } = await testServer({ env: { COMFYVN_LLM_TOKEN: 'x'.repeat(20) } });
    core.server.control.configure({ host: '127.0.0.3' });
    await transport.listen(0);
    const { port } = new URL(transport.status().listening ?? '');
    await expect(healthAt('::1', Number(port))).rejects.toThrow();
  },
);
