import type { ErrorCode } from '../../../contract/errors.ts';
import type { Mode } from './chat-core.ts';
import { burst, cutBody, pieces, resetAtOnce, silence, whole } from './provider-replies.ts';
import type { Reply } from './provider-upstream.ts';
import type { Protocol } from './protocols.ts';

/** A fault of the provider or the network, and what the caller must get. */
export interface Fault {
  name: string;
  reply(protocol: Protocol, mode: Mode): Reply;
  /** One code for both ways to ask, or one each; absent where this fault has no such form. */
  code: ErrorCode | Partial<Record<Mode, ErrorCode>>;
  /** Text of the provider that the answer must contain. */
  words?: string;
  status?: number;
  details?: Record<string, unknown>;
}

export const words = 'The quota of Mira\'s project "vn-7" is <used> up';

const asStream = (protocol: Protocol, mode: Mode) => mode === 'stream' && protocol.streams;
/** A stream up to its second word. */
function begun(protocol: Protocol): string[] {
  const stream = protocol.stream('Once ', 'upon ', 'a time');
  return stream.slice(0, 1 + stream.findIndex((chunk) => chunk.includes('upon ')));
}

const half = (protocol: Protocol) => JSON.stringify(protocol.reply('Once upon a time')).slice(0, -20);

const byStatus: [number, ErrorCode][] = [
  [400, 'provider_rejected'],
  [401, 'provider_unauthorized'],
  [403, 'provider_unauthorized'],
  [404, 'provider_not_found'],
  [408, 'provider_timeout'],
  [422, 'provider_rejected'],
  [429, 'provider_rate_limited'],
  [500, 'provider_error'],
  [502, 'provider_error'],
  [503, 'provider_overloaded'],
  [504, 'provider_timeout'],
];

const statusFaults: Fault[] = byStatus.map(([status, code]) => ({
  name: `status ${status}`,
  reply: (protocol) => whole(protocol.error(words), status, status === 429 ? { 'retry-after': '1' } : {}),
  code,
  words,
  status,
  ...(status === 429 ? { details: { retry_after_ms: 1000 } } : {}),
}));

const malformed = '{"choices": [}';
const asEvent = (protocol: Protocol, text: string) =>
  protocol.provider === 'ollama_default' ? `${text}\n` : `data: ${text}\n\n`;
const page = `<html>\n<body>${words}</body>\n</html>`;
const megabytes = (count: number) => count * 1024 * 1024;
const longPiece = 'x'.repeat(256 * 1024);

/** A piece of text in a stream that has no end. */
function* endless(protocol: Protocol, total: number): Generator<string> {
  const [first = '', piece = ''] = protocol
    .stream('', longPiece)
    .toSorted((a, b) => a.length - b.length)
    .slice(-2);
  yield first;
  for (let sent = 0; sent < total; sent += piece.length) yield piece;
}

export const faults: Fault[] = [
  ...statusFaults,
  {
    name: 'an error page of 5 MB',
    reply: () => whole(`${page}${' '.repeat(megabytes(5))}`, 500, { 'content-type': 'text/html' }),
    code: 'provider_error',
    words,
    status: 500,
  },
  {
    name: 'an error whose body breaks off',
    reply: () => brokenError,
    code: 'provider_overloaded',
    words,
    status: 503,
  },
  { name: 'a reset before the headers', reply: () => resetAtOnce, code: 'provider_interrupted' },
  {
    name: 'a reset in the body',
    reply: (protocol, mode) =>
      asStream(protocol, mode) ? pieces(begun(protocol), 'reset') : cutBody(half(protocol), 'reset'),
    code: 'provider_interrupted',
  },
  {
    name: 'a cut reply',
    reply: (protocol, mode) =>
      asStream(protocol, mode) ? pieces(begun(protocol), 'cut') : cutBody(half(protocol), 'cut'),
    code: 'provider_interrupted',
  },
  {
    name: 'a stream cut inside an event',
    reply: (protocol) =>
      pieces([...begun(protocol), (protocol.stream('of ').at(0) ?? '').slice(0, 30)], 'cut'),
    code: { stream: 'provider_interrupted' },
  },
  {
    name: 'an error inside a 200',
    reply: (protocol, mode) =>
      asStream(protocol, mode)
        ? pieces([...begun(protocol), protocol.errorEvent(words)])
        : whole(protocol.error(words)),
    code: 'provider_error',
    words,
    status: 200,
  },
  {
    name: 'a malformed event',
    reply: (protocol, mode) =>
      asStream(protocol, mode)
        ? pieces([...begun(protocol), asEvent(protocol, malformed)])
        : whole(malformed),
    code: 'provider_bad_reply',
    words: malformed,
    status: 200,
  },
  {
    name: 'a page in place of a reply',
    reply: () => whole(page, 200, { 'content-type': 'text/html' }),
    code: 'provider_bad_reply',
    words: '<html>',
    status: 200,
  },
  {
    name: 'JSON of another kind',
    reply: () => whole({ greeting: 'good day' }),
    code: 'provider_bad_reply',
    words: 'good day',
    status: 200,
  },
  { name: 'an empty body', reply: () => whole('', 200), code: 'provider_bad_reply', status: 200 },
  {
    name: 'an empty stream',
    reply: () => pieces([]),
    code: { stream: 'provider_interrupted' },
    status: 200,
  },
  {
    name: 'a reply of 40 MB',
    reply: (protocol, mode) =>
      asStream(protocol, mode)
        ? burst(endless(protocol, megabytes(40)))
        : whole(Buffer.alloc(megabytes(40), 0x20)),
    code: 'provider_reply_too_large',
  },
  {
    name: 'one line of 5 MB',
    reply: (protocol) => burst(protocol.stream('x'.repeat(megabytes(5)))),
    code: { stream: 'provider_reply_too_large' },
  },
  {
    name: 'no HTTP at all',
    reply:
      () =>
      ({ socket }) =>
        void socket.end('this is no HTTP\r\n\r\n'),
    code: 'provider_bad_reply',
  },
];

/** The provider stops sending: the call ends by its time-out. */
export const hangs: Fault[] = [
  { name: 'silence', reply: () => silence, code: 'provider_timeout' },
  {
    name: 'silence in the body',
    reply: (protocol, mode) =>
      asStream(protocol, mode) ? pieces(begun(protocol), 'hang') : cutBody(half(protocol), 'hang'),
    code: 'provider_timeout',
  },
];

const brokenError: Reply = ({ response, socket }) => {
  response.writeHead(503, { 'content-type': 'text/plain', 'content-length': 9999 });
  response.write(words, () => socket.end());
};
