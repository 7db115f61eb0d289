import { once } from 'node:events';
import { createServer, Server, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { testServer } from '../__fixtures__/test-server.ts';
import { refusedPort } from './refused-port.ts';

const refusal = (code: string) => Object.assign(new Error(`listen ${code}: refused`), { code });

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Makes listening on these ports fail until the test ends, like a port range that Windows has reserved. */
function setAside(first: number, last: number): void {
  const { listen } = Server.prototype;
  Server.prototype.listen = function (this: Server, ...args: unknown[]) {
    const { port = 0 } = args[0] as { port?: number };
    if (port < first || port > last) return Reflect.apply(listen, this, args) as Server;
    process.nextTick(() => this.emit('error', refusal('EACCES')));
    return this;
  };
  onTestFinished(() => void (Server.prototype.listen = listen));
}

test('a port that Windows has reserved is explained, with the command that lists the ranges', async () => {
  const { code, message } = await refusedPort(
    refusal('EACCES'),
    { host: '127.0.0.1', port: await freePort() },
    'win32',
  );
  expect(code).toBe('cannot_listen');
  expect(message).toContain('netsh interface ipv4 show excludedportrange protocol=tcp');
  expect(message).toMatch(/Hyper-V.*--port or COMFYVN_LLM_PORT$/);
});

test('a port that needs administrator rights is explained as such, except on Windows', async () => {
  const { message, try_port: offered } = await refusedPort(
    refusal('EACCES'),
    { host: '127.0.0.1', port: 80 },
    'linux',
  );
  expect(message).toContain('only an administrator may open');
  expect(message).not.toContain('netsh');
  expect(offered).toBeGreaterThan(80);
});

test('the suggested port is outside the reserved range, even if that is longer than twenty ports', async () => {
  // Below the ports that systems assign automatically.
  const first = 20_000 + (process.pid % 5000);
  setAside(first, first + 300);
  const { ask, refusal: refusalOf, url, transport } = await testServer();
  const { message } = await refusalOf('server.listen', { port: first });
  const { error, listening } = await ask('server.status');
  expect(listening).toBe(url);
  expect(error).toMatchObject({ code: 'cannot_listen', message });
  expect(error?.try_port).toBeGreaterThan(first + 300);
  expect(message).toContain(`(${error?.try_port} is free)`);
  await transport.listen(error?.try_port ?? 0);
  expect(transport.status().listening).toBe(`http://127.0.0.1:${error?.try_port}`);
});

test('an address that this machine lacks is reported, and no port is suggested', async () => {
  const cause = Object.assign(new Error('listen EADDRNOTAVAIL: address not available 192.0.2.1:8000'), {
    code: 'EADDRNOTAVAIL',
  });
  expect(await refusedPort(cause, { host: '192.0.2.1', port: 8000 })).toEqual({
    code: 'cannot_listen',
    message: expect.stringContaining('EADDRNOTAVAIL'),
    try_port: null,
  });
});
