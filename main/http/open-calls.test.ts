import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { chatOptions, chatTo } from '../core/__fixtures__/chat-core.ts';
import { pieces, silence, whole } from '../core/__fixtures__/provider-replies.ts';
import { startProvider } from '../core/__fixtures__/provider-upstream.ts';
import { protocols } from '../core/__fixtures__/protocols.ts';
import { maxCalls, maxWaitingBytes } from './open-calls.ts';
import { testServer } from './__fixtures__/test-server.ts';

const begun = pieces(protocols.openAi.stream('Once ').slice(0, 2), 'hang');
const streams: [string, object][] = [
  ['/api/llm/chat', chatTo(protocols.openAi, { stream: true })],
  ['/v1/chat/completions', { ...chatTo(protocols.openAi), stream: true }],
  ['/v1/responses', { model: `openai_public/${protocols.openAi.model}`, input: 'hi', stream: true }],
  ['/v1/completions', { model: `openai_public/${protocols.openAi.model}`, prompt: 'hi', stream: true }],
  [
    '/v1/messages',
    {
      model: `openai_public/${protocols.openAi.model}`,
      messages: [{ role: 'user', content: 'hi' }],
      stream: true,
    },
  ],
  [
    '/api/chat',
    { model: `openai_public/${protocols.openAi.model}`, messages: [{ role: 'user', content: 'hi' }] },
  ],
  [
    `/v1beta/models/openai_public/${protocols.openAi.model}:streamGenerateContent?alt=sse`,
    { contents: [{ parts: [{ text: 'hi' }] }] },
  ],
];

// The error waits for the tokens of what had come. Their counter, loaded from source, can take longer than a stop does.
beforeAll(() => import('gpt-tokenizer/encoding/o200k_base'));

it.each(streams)('a stream of %s that ends at a stop has an error that says so', async (path, given) => {
  const upstream = await startProvider(begun);
  const { url, transport } = await testServer(chatOptions(upstream.url));
  const { provider: _p, ...rest } = given as Record<string, unknown>;
  const body =
    path === '/v1/chat/completions' ? { ...rest, model: `openai_public/${protocols.openAi.model}` } : given;
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('Once')) text += (await reader?.read())?.value ?? '';
  const exchange = await upstream.next();
  await transport.stop(20);
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read())
    text += piece.value;
  expect(text).toContain('the server stopped while this call was in progress');
  await exchange.ended;
});

describe('while streams fill the server', () => {
  it('panel operations still have places', async () => {
    const upstream = await startProvider(silence);
    const { url, send, panelToken } = await testServer({ ...chatOptions(upstream.url), panel: true });
    const leave = new AbortController();
    onTestFinished(() => leave.abort());
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${panelToken}` };
    const running = Array.from({ length: maxCalls }, (_, n) =>
      fetch(`${url}/api/llm/chat`, {
        method: 'POST',
        headers,
        body: JSON.stringify({
          provider: 'lmstudio_local',
          model: 'm',
          messages: [{ role: 'user', content: `${n}` }],
        }),
        signal: leave.signal,
      }).catch(() => 'left'),
    );
    for (let n = 0; n < maxCalls; n++) await upstream.next();
    expect((await send({ path: '/api/llm/runtime' })).status).toBe(503);
    const panel = await send({ method: 'POST', path: '/rpc/settings.get', headers, body: {} });
    expect([panel.status, panel.json()['ok']]).toEqual([200, true]);
    leave.abort();
    await Promise.all(running);
  });
});

describe('callers who do not read their replies', () => {
  const text = 'x'.repeat(8_000_000);
  // Bytes that the kernel buffers for a caller who does not read.
  const kernelBytes = 11_000_000;

  /** Requests a reply and does not read it. */
  async function sleeper(port: number, body: string): Promise<Socket> {
    const socket = connect(port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => {});
    socket.pause();
    await once(socket, 'connect');
    socket.write(
      `POST /api/llm/chat HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    return socket;
  }

  const body = JSON.stringify(chatTo(protocols.ollama));
  // A reply stands in the answer three times: as it is, in `data`, and in the provider's own JSON.
  const enough = Math.ceil(maxWaitingBytes / (3 * text.length - kernelBytes)) + 2;

  it('hold a limited number of bytes: further calls are refused until they read', async () => {
    const upstream = await startProvider(whole(protocols.ollama.reply(text)));
    const { port, send } = await testServer(chatOptions(upstream.url));
    const sockets: Socket[] = [];
    const isFull = async () => (await send({ path: '/api/llm/runtime' })).status === 503;
    // The kernel takes a part of each reply a moment after it is written: only what lasts is full.
    const staysFull = async () => (await isFull()) && (await setTimeout(200, true)) && (await isFull());
    for (let n = 0; n < 2 * enough && !(await staysFull()); n++) {
      const before = upstream.exchanges.length;
      sockets.push(await sleeper(port, body));
      // The call before may fill the server only now, and then this one is refused.
      const arrived = async () => upstream.exchanges.length > before || (await isFull());
      await expect.poll(arrived, { timeout: 30_000 }).toBe(true);
      await upstream.idle();
    }
    const asked = upstream.exchanges.length;
    const refused = await send({ method: 'POST', path: '/api/llm/chat', body: chatTo(protocols.ollama) });
    expect([refused.status, refused.json()['code'], refused.headers['retry-after']]).toEqual([
      503,
      'server_busy',
      '1',
    ]);
    expect(upstream.exchanges).toHaveLength(asked);
    expect((await send({ path: '/health' })).status).toBe(200);
    for (const socket of sockets) socket.destroy();
    await expect.poll(isFull, { timeout: 30_000 }).toBe(false);
  });

  it('are limited too if their replies arrive all at once', async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const reply = whole(protocols.ollama.reply(text));
    const upstream = await startProvider(async (exchange) => {
      await released;
      await reply(exchange);
    });
    const { port, send, panelToken } = await testServer({ ...chatOptions(upstream.url), panel: true });
    const sockets = await Promise.all(Array.from({ length: enough }, () => sleeper(port, body)));
    for (let n = 0; n < enough; n++) await upstream.next();
    release();
    await upstream.idle();
    const answered = async () => {
      const headers = { authorization: `Bearer ${panelToken}` };
      const reply = await send({ method: 'POST', path: '/rpc/calls.totals', headers, body: {} });
      return reply.json()['data'];
    };
    await expect.poll(answered, { timeout: 30_000 }).toMatchObject({ calls: enough });
    // They start reading only now; those whose reply had no room get an error.
    const statuses = await Promise.all(sockets.map(statusLine));
    expect(new Set(statuses)).toEqual(new Set(['200', '503']));
  });
});

/** The status of the first answer on a socket that was paused. */
async function statusLine(socket: Socket): Promise<string | undefined> {
  const first = once(socket, 'data') as Promise<[Buffer]>;
  socket.resume();
  const [chunk] = await first;
  return /^HTTP\/1\.1 (\d+) /.exec(chunk.toString('latin1'))?.[1];
}
