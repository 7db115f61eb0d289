import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { withTheTest, type AtEnd } from './test-core.ts';

/** One request as received. */
export interface UpstreamRequest {
  method: string;
  /** Path and query, undecoded. */
  path: string;
  headers: IncomingHttpHeaders;
  /** Alternating names and values, as sent. */
  rawHeaders: string[];
  body: Buffer;
  json(): Record<string, unknown>;
  /**
   * Resolves when the exchange has ended: true if the answer was complete, false if the caller or a fault
   * ended it.
   */
  ended: Promise<boolean>;
}

/** Bytes to send, or a promise to await before the next bytes. */
type Chunk = string | Buffer | Promise<unknown>;

export type Answer =
  /** A complete reply; anything but a string or bytes is sent as JSON. */
  | { status?: number; headers?: Record<string, string>; body: unknown }
  /** In pieces, each flushed; `cut` breaks the connection instead of ending it. */
  | { status?: number; headers?: Record<string, string>; chunks: Chunk[]; cut?: boolean }
  /** `hang` accepts the request and never answers, `reset` breaks the connection, `garbage` is not HTTP. */
  | { fault: 'hang' | 'reset' | 'garbage' };

export type Script = Answer | ((request: UpstreamRequest, n: number) => Answer);

export interface Upstream {
  /** `http://127.0.0.1:<port>`, without a path. */
  url: string;
  port: number;
  requests: UpstreamRequest[];
  /** Accepted connections, with or without a request. */
  connections: number;
  /** Sets the next answers: one per request, the last one for all further requests. */
  script(...answers: Script[]): void;
  /** The nth request (from 0), awaited. */
  request(n: number): Promise<UpstreamRequest>;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function sendChunks(
  response: ServerResponse,
  answer: Extract<Answer, { chunks: Chunk[] }>,
): Promise<void> {
  response.writeHead(answer.status ?? 200, { 'content-type': 'text/event-stream', ...answer.headers });
  response.flushHeaders();
  for (const chunk of answer.chunks) {
    if (response.destroyed) return;
    if (chunk instanceof Promise) await chunk;
    else await new Promise<void>((resolve) => void response.write(chunk, () => resolve()));
  }
  if (answer.cut) response.destroy();
  else response.end();
}

async function send(response: ServerResponse, answer: Answer): Promise<void> {
  if ('fault' in answer) {
    if (answer.fault === 'reset') response.socket?.resetAndDestroy();
    if (answer.fault === 'garbage') response.socket?.end('this is no HTTP\r\n\r\n');
  } else if ('chunks' in answer) {
    await sendChunks(response, answer);
  } else {
    const raw = typeof answer.body === 'string' || Buffer.isBuffer(answer.body);
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    response.end(raw ? answer.body : JSON.stringify(answer.body));
  }
}

/** A provider on loopback that records what it is sent and answers by script; closed with the test. */
export const startUpstream = (...first: Script[]): Promise<Upstream> => openUpstream(withTheTest, ...first);

export async function openUpstream(atEnd: AtEnd, ...first: Script[]): Promise<Upstream> {
  let answers: Script[] = first.length ? first : [openAiReply('pong')];
  const came = new EventEmitter();
  const server = createServer(async (incoming, response) => {
    const ended = once(response, 'close').then(() => response.writableFinished);
    const body = await bodyOf(incoming);
    const { method = '', url: path = '', headers, rawHeaders } = incoming;
    const json = () => JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    const request: UpstreamRequest = { method, path, headers, rawHeaders, body, json, ended };
    const next = (answers.length > 1 ? answers.shift() : answers[0]) as Script;
    upstream.requests.push(request);
    came.emit('request');
    await send(response, typeof next === 'function' ? next(request, upstream.requests.length - 1) : next);
  });
  server.on('connection', () => void (upstream.connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const upstream: Upstream = {
    url: `http://127.0.0.1:${port}`,
    port,
    requests: [],
    connections: 0,
    script: (...more) => void (answers = more),
    async request(n) {
      for (;;) {
        const request = upstream.requests[n];
        if (request) return request;
        await once(came, 'request');
      }
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

/** An address on which nothing listens. */
export async function refusedAddress(): Promise<string> {
  const upstream = await openUpstream(() => {});
  await upstream.close();
  return upstream.url;
}

/** OpenAI's complete reply with this text. */
export function openAiReply(text: string, overrides: Record<string, unknown> = {}): Answer {
  const usage = { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 };
  const message = { role: 'assistant', content: text };
  const choices = [{ index: 0, message, finish_reason: 'stop' }];
  const body = {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'any',
    choices,
    usage,
    ...overrides,
  };
  return { body };
}

/** One server-sent event. */
export const sse = (data: unknown) => `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;

/** One chunk of OpenAI's stream. */
export function openAiChunk(delta: Record<string, unknown>, finish: string | null = null): string {
  return sse({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
}

/** OpenAI's complete stream with these pieces of text. */
export function openAiStream(...pieces: string[]): Answer {
  const usage = { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 };
  const texts = pieces.map((content) => openAiChunk({ content }));
  return {
    chunks: [
      openAiChunk({ role: 'assistant', content: '' }),
      ...texts,
      openAiChunk({}, 'stop'),
      sse({ choices: [], usage }),
      sse('[DONE]'),
    ],
  };
}
