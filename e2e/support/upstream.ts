import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerByBody } from './upstream-answers.ts';

/** One request as it arrived, to the byte. */
export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Breaks the connection, whatever was sent of the answer. */
  cut(): void;
  /** Kept when the caller's connection is gone, whether the answer was whole or not. */
  closed: Promise<'answered' | 'cut'>;
}

/** Answers one request. What it leaves open stays open until the caller leaves. */
export type Answer = (response: ServerResponse, received: Received) => void | Promise<void>;

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A provider on loopback that speaks OpenAI's protocol, and remembers what it was asked. */
export class Upstream {
  readonly received: Received[] = [];
  /** A base URL as providers have it: with the version, without a slash at the end. */
  readonly baseUrl: string;
  #answer: Answer = answerByBody('Pong from upstream');
  #list: Answer = (response) =>
    void response.end(JSON.stringify({ object: 'list', data: [{ id: 'e2e-model' }] }));
  readonly #server: Server;
  readonly #arrivals = new Set<() => void>();

  private constructor(server: Server) {
    this.#server = server.on('request', (request, response) => void this.#take(request, response));
    this.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  }

  static async start(): Promise<Upstream> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Upstream(server);
  }

  /** The chat calls; lists of models that were asked for are left out. */
  get chats(): Received[] {
    return this.received.filter(({ method }) => method === 'POST');
  }

  /** How chat calls are answered from now on. */
  answerWith(answer: Answer): void {
    this.#answer = answer;
  }

  /** How the model list is answered from now on. */
  listWith(answer: Answer): void {
    this.#list = answer;
  }

  /** The n-th chat call, counted from 0, as soon as it is there. */
  async chat(n: number): Promise<Received> {
    for (;;) {
      const chat = this.chats[n];
      if (chat) return chat;
      await new Promise<void>((resolve) => this.#arrivals.add(resolve));
    }
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const closed = new Promise<'answered' | 'cut'>((resolve) => {
      response.once('close', () => resolve(response.writableFinished ? 'answered' : 'cut'));
    });
    const { method = '', url: path = '', headers } = request;
    const cut = () => void response.destroy();
    const received: Received = { method, path, headers, body: await readBody(request), cut, closed };
    this.received.push(received);
    for (const arrived of this.#arrivals) arrived();
    this.#arrivals.clear();
    await (method === 'GET' ? this.#list : this.#answer)(response, received);
  }
}
