import { connect } from 'node:net';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { chatOptions, chatTo } from '../core/__fixtures__/chat-core.ts';
import { burst } from '../core/__fixtures__/provider-replies.ts';
import { stalled, startProvider } from '../core/__fixtures__/provider-upstream.ts';
import { protocols } from '../core/__fixtures__/protocols.ts';
import { testServer } from './__fixtures__/test-server.ts';

const piece = 'x'.repeat(100_000);
const total = 280;

it('a caller who stops reading pauses the provider’s stream, and gets all of it after resuming', async () => {
  const warnings: Error[] = [];
  const note = (warning: Error) => void warnings.push(warning);
  process.on('warning', note);
  onTestFinished(() => void process.off('warning', note));

  const upstream = await startProvider(
    burst(protocols.ollama.stream(...Array.from({ length: total }, () => piece))),
  );
  const { port, send } = await testServer(chatOptions(upstream.url));
  const body = JSON.stringify(chatTo(protocols.ollama, { stream: true }));
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.pause();
  socket.write(
    `POST /api/llm/chat HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
  const exchange = await upstream.next();
  await stalled(exchange);
  expect(exchange.response.writableFinished).toBe(false);
  expect(exchange.sent()).toBeLessThan(total * piece.length);
  expect((await send({ path: '/health' })).status).toBe(200);

  const ends: Record<string, number> = {};
  let tail = '';
  socket.on('data', (chunk: Buffer) => {
    const text = tail + chunk.toString('latin1');
    for (const [, name] of text.matchAll(/event: (\w+)\n/g)) ends[name!] = (ends[name!] ?? 0) + 1;
    // Half a line may be an event's name; a complete one must not be counted twice.
    tail = /(event: \w*|event?:?|eve?|e)$/.exec(text.slice(-40))?.[0] ?? '';
  });
  socket.resume();
  await once(socket, 'close');
  expect(ends).toEqual({ start: 1, delta: total, usage: 1, done: 1 });
  expect(warnings).toEqual([]);
});
