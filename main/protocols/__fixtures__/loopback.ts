import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chatRequest } from '../../../contract/chat.ts';
import type { AdapterName } from '../../../contract/provider.ts';
import type { ErrorInfo } from '../../../contract/errors.ts';
import type {
  Answer,
  Call,
  ErrorReply,
  Incoming,
  JsonObject,
  Protocol,
  ReplyMeta,
  Wanted,
} from '../define.ts';
import { contentTypes, newFramer } from '../frame.ts';
import { readTarget } from '../gemini-generate/target.ts';
import { ProtocolError } from '../protocol-error.ts';
import { chatProtocols } from '../protocols.ts';
import { refusedAnswer } from '../shared/refusal.ts';
import { piecesOf } from './stream-answer.ts';

/** How the core handles a chat: it answers, fails, or fails after the parts of `answer`. */
export type Outcome = { answer: Answer; error?: ErrorInfo } | { answer?: undefined; error: ErrorInfo };

/** A server on loopback with every protocol; the test defines the answers of the core behind it. */
export interface Loopback {
  url: string;
  /** The translated calls, in order. */
  calls: Call[];
  /** Number of requests, including those that were not translated. */
  requests: number;
  script: (outcome: Outcome, ...more: Outcome[]) => void;
  close(): void;
}

const all: Protocol<Wanted>[] = Object.values(chatProtocols) as unknown as Protocol<Wanted>[];

let count = 0;
const newId = () => {
  count += 1;
  return `${count}`.padStart(32, 'a');
};

function routeOf(
  path: string,
): { protocol: Protocol<Wanted>; address: Pick<Incoming, 'model' | 'stream'> } | undefined {
  const gemini = /^\/v1beta\/models\/(.+)$/.exec(path);
  if (gemini) {
    const target = readTarget(decodeURIComponent(gemini[1] ?? ''));
    const protocol = all.find(({ name }) => name === 'gemini-generate');
    return target && protocol
      ? { protocol, address: { model: target.model, stream: target.stream } }
      : undefined;
  }
  const protocol = all.find(({ routes }) => routes.includes(path));
  return protocol && { protocol, address: {} };
}

export async function startLoopback({ adapter }: { adapter?: AdapterName } = {}): Promise<Loopback> {
  const outcomes: Outcome[] = [];
  const items = new Map<string, JsonObject>();
  const loopback: Loopback = {
    url: '',
    calls: [],
    requests: 0,
    script: (...next) => void outcomes.push(...next),
    close: () => server.close(),
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    loopback.requests += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? '/', 'http://localhost');
    const route = routeOf(url.pathname);
    if (!route) return void response.writeHead(404).end(`no route ${url.pathname}`);
    const { protocol, address } = route;
    const say = ({ status, headers, body }: ErrorReply) =>
      response
        .writeHead(status, { ...headers, 'content-type': 'application/json' })
        .end(JSON.stringify(body));
    let call: Call;
    try {
      call = protocol.toChat({
        body: JSON.parse(Buffer.concat(chunks).toString()) as unknown,
        query: Object.fromEntries(url.searchParams),
        itemById: (id) => items.get(id),
        ...address,
        ...(adapter ? { adapter } : {}),
      });
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      say(protocol.toError(error.toErrorInfo('req-1')));
      return;
    }
    loopback.calls.push(call);
    chatRequest.parse(call.chat);
    const outcome = outcomes.length > 1 ? outcomes.shift() : outcomes[0];
    if (!outcome) throw new Error('the test scripted no outcome');
    const meta: ReplyMeta = { ...call, now: () => Date.UTC(2026, 0, 2), newId };
    const refused = outcome.error && protocol.showsRefusals ? refusedAnswer(outcome.error) : null;
    const answer = outcome.answer ?? refused ?? undefined;
    if (!answer) return void say(protocol.toError(outcome.error as ErrorInfo));
    if (!call.wanted.stream) {
      const body = protocol.fromAnswer(answer, meta);
      keep(body['output']);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      return;
    }
    const framing = protocol.framing(call.wanted);
    const framer = newFramer(framing);
    const stream = protocol.newStream(meta);
    response.writeHead(200, { 'content-type': contentTypes[framing] });
    for (const event of piecesOf(answer, stream)) response.write(framer.write([event]));
    const ends = outcome.error && !refused ? stream.error(outcome.error) : stream.done(answer);
    for (const { data } of ends)
      if (data !== '[DONE]') keep((data['response'] as JsonObject | undefined)?.['output']);
    response.end(framer.write(ends) + framer.end());
  }

  function keep(output: unknown): void {
    for (const item of Array.isArray(output) ? (output as JsonObject[]) : [])
      items.set(String(item['id']), item);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => response.writeHead(599).end(String(error)));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  loopback.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return loopback;
}
