import type { ErrorCode } from '../../../contract/errors.ts';
import type { Mode } from './chat-core.ts';
import { burst, cutBody, pieces, resetAtOnce, silence, whole } from './provider-replies.ts';
import type { Reply } from './provider-upstream.ts';
import type { Protocol } from './protocols.ts';

/** A fault of the provider or the network, and what the caller must get. */
export interface Fault {
  name: string;
  reply(wire: Protocol, mode: Mode): Reply;
  /** One code for both ways to call, or one each; missing if the fault does not apply to one. */
  code: ErrorCode | Partial<Record<Mode, ErrorCode>>;
  /** Text of the provider that the answer must contain. */
  words?: string;
  status?: number;
  details?: Record<string, unknown>;
}

export const words = 'The quota of Mira\'s project "vn-7" is <used> up';

const asStream = (wire: Protocol, mode: Mode) => mode === 'stream' && wire.streams;
/** A stream up to its second word. */
function begun(wire: Protocol): string[] {
  const stream = wire.stream('Once ', 'upon ', 'a time');
  return stream.slice(0, 1 + stream.findIndex((chunk) => chunk.includes('upon ')));
}

const half = (wire: Protocol) => JSON.stringify(wire.reply('Once upon a time')).slice(0, -20);

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
  reply: (wire) => whole(wire.error(words), status, status === 429 ? { 'retry-after': '1' } : {}),
  code,
  words,
  status,
  ...(status === 429 ? { details: { retry_after_ms: 1000 } } : {}),
}));

const malformed = '{"choices": [}';
const asEvent = (wire: Protocol, text: string) =>
  wire.provider === 'ollama_default' ? `${text}\n` : `data: ${text}\n\n`;
const page = `<html>\n<body>${words}</body>\n</html>`;
const megabytes = (count: number) => count * 1024 * 1024;
const longPiece = 'x'.repeat(256 * 1024);

/** The text pieces of a stream without an end. */
function* endless(wire: Protocol, total: number): Generator<string> {
  const [first = '', piece = ''] = wire
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
    reply: (wire, mode) =>
      asStream(wire, mode) ? pieces(begun(wire), 'reset') : cutBody(half(wire), 'reset'),
    code: 'provider_interrupted',
  },
  {
    name: 'a cut reply',
    reply: (wire, mode) => (asStream(wire, mode) ? pieces(begun(wire), 'cut') : cutBody(half(wire), 'cut')),
    code: 'provider_interrupted',
  },
  {
    name: 'a stream cut inside an event',
    reply: (wire) => pieces([...begun(wire), (wire.stream('of ').at(0) ?? '').slice(0, 30)], 'cut'),
    code: { stream: 'provider_interrupted' },
  },
  {
    name: 'an error inside a 200',
    reply: (wire, mode) =>
      asStream(wire, mode) ? pieces([...begun(wire), wire.errorEvent(words)]) : whole(wire.error(words)),
    code: 'provider_error',
    words,
    status: 200,
  },
  {
    name: 'a malformed event',
    reply: (wire, mode) =>
      asStream(wire, mode) ? pieces([...begun(wire), asEvent(wire, malformed)]) : whole(malformed),
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
    reply: (wire, mode) =>
      asStream(wire, mode) ? burst(endless(wire, megabytes(40))) : whole(Buffer.alloc(megabytes(40), 0x20)),
    code: 'provider_reply_too_large',
  },
  {
    name: 'one line of 5 MB',
    reply: (wire) => burst(wire.stream('x'.repeat(megabytes(5)))),
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
    reply: (wire, mode) => (asStream(wire, mode) ? pieces(begun(wire), 'hang') : cutBody(half(wire), 'hang')),
    code: 'provider_timeout',
  },
];

const brokenError: Reply = ({ response, socket }) => {
  response.writeHead(503, { 'content-type': 'text/plain', 'content-length': 9999 });
  response.write(words, () => socket.end());
};
