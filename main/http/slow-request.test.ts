import { connect, type Socket } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { rawExchange, testServer, type TestServer } from './__fixtures__/test-server.ts';

const patience = { headersMs: 200, requestMs: 400, lookMs: 50 };

/** Sends a byte at intervals until the server closes the connection; returns what was received. */
async function trickle(socket: Socket, beginning: string): Promise<string> {
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
  socket.on('error', () => {});
  socket.write(beginning);
  const drip = setInterval(() => socket.write('x'), 20);
  // A byte that arrives after the end is answered with a reset, which some systems report before the end.
  await new Promise((resolve) => socket.once('close', resolve));
  clearInterval(drip);
  return text;
}

function open({ port }: TestServer): Socket {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  return socket;
}

function parse(answer: string) {
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  return { head: head.toLowerCase(), body: JSON.parse(body) as Record<string, unknown> };
}

const headOf = (path: string, port: number) =>
  `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nX-Request-ID: slow-one\r\n`;

describe('a caller who sends slowly, byte by byte', () => {
  it('headers that never end are a 408 in the envelope, and the connection is closed', async () => {
    const transport = await testServer({ patience });
    const { head, body } = parse(await trickle(open(transport), 'GET /health HTTP/1.1\r\nX-Slow: '));
    expect(head).toMatch(/^http\/1\.1 408 [^]*connection: close/);
    expect(body).toMatchObject({ ok: false, code: 'request_timeout', error: expect.any(String) });
    expect((await transport.send({ path: '/health' })).status).toBe(200);
  });

  it('a body that never ends is a 408 with the request’s own id, and no internal error in the log', async () => {
    const transport = await testServer({ patience });
    const beginning = `${headOf('/api/llm/chat', transport.port)}Content-Length: 100000\r\n\r\n{"messages":"`;
    const { head, body } = parse(await trickle(open(transport), beginning));
    expect(head).toMatch(/^http\/1\.1 408 [^]*connection: close/);
    expect(head).toContain('x-request-id: slow-one');
    expect(body).toMatchObject({ ok: false, code: 'request_timeout', request_id: 'slow-one' });
    await transport.core.close();
    expect(readFileSync(join(transport.root, 'logs', 'server.log'), 'utf8')).not.toContain('internal error');
  });

  it('on the OpenAI routes the 408 has OpenAI’s format', async () => {
    const transport = await testServer({ patience });
    const beginning = `${headOf('/v1/chat/completions', transport.port)}Transfer-Encoding: chunked\r\n\r\nffff\r\n{`;
    const { head, body } = parse(await trickle(open(transport), beginning));
    expect(head).toMatch(/^http\/1\.1 408 /);
    expect(body).toMatchObject({ error: { code: 'request_timeout', type: 'invalid_request_error' } });
  });

  it('a refused upload gets one status, and nothing after it', async () => {
    const transport = await testServer({ patience });
    const beginning = `POST /api/llm/chat HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 100000\r\n\r\n`;
    const answer = await trickle(open(transport), beginning);
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 403']);
  });
});

it('bytes that are not HTTP are still a 400', async () => {
  const transport = await testServer({ patience });
  const { head, body } = parse(await rawExchange(transport.port, 'HELO there\r\n\r\n'));
  expect(head).toMatch(/^http\/1\.1 400 /);
  expect(body).toMatchObject({ ok: false, code: 'invalid_request' });
});
