import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { AtEnd } from './test-core.ts';

/** One call as the provider received it. */
export interface Exchange {
  method: string;
  /** Path and query, undecoded. */
  path: string;
  headers: IncomingHttpHeaders;
  /** The body's bytes as received. */
  body: Buffer;
  json(): Record<string, unknown>;
  response: ServerResponse;
  socket: Socket;
  /** Bytes of the answer that have left this process, or wait in the kernel's buffer. */
  sent(): number;
  /** The time (`performance.now`, milliseconds) when the exchange ended in any way; resolves then. */
  ended: Promise<number>;
}

/** Answers one call; a connection that it leaves open stays open. */
export type Reply = (exchange: Exchange) => void | Promise<void>;

/**
 * A provider on loopback that records raw bytes, answers by script and counts its sockets. Closed at the end
 * of the test.
 */
export interface ProviderUpstream {
  /** `http://127.0.0.1:<port>`, without a path. */
  url: string;
  exchanges: Exchange[];
  /** Open sockets, including pooled ones. */
  open(): number;
  /** Calls in progress. */
  busy(): number;
  /** Sets the next replies: one per call, the last one for all further calls. */
  answer(...replies: Reply[]): void;
  /** As `answer`, and clears the recorded calls. */
  restart(...replies: Reply[]): void;
  /** The next call, or the last one if it has not been returned yet. */
  next(): Promise<Exchange>;
  /** Resolves when no call is in progress. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function exchangeOf(request: IncomingMessage, response: ServerResponse): Promise<Exchange> {
  const { socket, headers, method = '', url: path = '' } = request;
  const before = socket.bytesWritten;
  const ended = once(response, 'close').then(() => performance.now());
  const body = await bodyOf(request);
  const json = () => JSON.parse(body.toString('utf8')) as Record<string, unknown>;
  const sent = () => socket.bytesWritten - before - socket.writableLength;
  return { method, path, headers, body, json, response, socket, sent, ended };
}

/** Resolves when an answer has stalled: nothing was sent for a tenth of a second. */
export async function stalled(exchange: Exchange): Promise<void> {
  for (let before = -1; before !== exchange.sent();) {
    before = exchange.sent();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A provider that is closed at the end of the test. */
export const startProvider = (...first: Reply[]): Promise<ProviderUpstream> =>
  openProvider((end) => onTestFinished(async () => void (await end())), first);

export async function openProvider(atEnd: AtEnd, first: Reply[] = []): Promise<ProviderUpstream> {
  let replies = first;
  const busy = new Set<ServerResponse>();
  let waitedFor = 0;
  const sockets = new Set<Socket>();
  const server = createServer(async (request, response) => {
    busy.add(response);
    response.once('close', () => {
      busy.delete(response);
      server.emit('exchange-over');
    });
    const exchange = await exchangeOf(request, response).catch(() => undefined);
    if (!exchange) return;
    upstream.exchanges.push(exchange);
    server.emit('exchange');
    const reply = replies.length > 1 ? replies.shift() : replies[0];
    await reply?.(exchange);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const upstream: ProviderUpstream = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges: [],
    open: () => sockets.size,
    busy: () => busy.size,
    answer: (...next) => void (replies = next),
    restart(...next) {
      replies = next;
      upstream.exchanges = [];
      waitedFor = 0;
    },
    async next() {
      for (;;) {
        const exchange = upstream.exchanges[waitedFor];
        if (exchange && ++waitedFor) return exchange;
        await once(server, 'exchange');
      }
    },
    async idle() {
      while (busy.size > 0) await once(server, 'exchange-over');
    },
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
  atEnd(() => upstream.close());
  return upstream;
}
