import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerByBody } from './upstream-answers.ts';

/** One request, byte by byte as received. */
export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Breaks the connection, whatever was sent of the answer. */
  cut(): void;
  /** Resolves when the connection is closed: `answered` if the answer was complete. */
  closed: Promise<'answered' | 'cut'>;
}

/** Answers one request. A response that it does not end stays open until the caller disconnects. */
export type Answer = (response: ServerResponse, received: Received) => void | Promise<void>;

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A provider on loopback that speaks OpenAI's protocol and records the requests. */
export class Upstream {
  readonly received: Received[] = [];
  /** The base URL in a provider's form: with the version, without a trailing slash. */
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

  /** The chat calls, without requests for the model list. */
  get chats(): Received[] {
    return this.received.filter(({ method }) => method === 'POST');
  }

  /** Sets the answer to later chat calls. */
  answerWith(answer: Answer): void {
    this.#answer = answer;
  }

  /** Sets the answer to later requests for the model list. */
  listWith(answer: Answer): void {
    this.#list = answer;
  }

  /** Waits for the n-th chat call, counted from 0. */
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
