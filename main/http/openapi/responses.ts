import { errorStatus, type ErrorCode } from '../../../contract/errors.ts';
import { openAiStatus } from '../openai/error.ts';
import { refTo, type SchemaObject } from './schemas.ts';

/** What any route may answer, by whether it takes a body. */
const always: readonly ErrorCode[] = [
  'invalid_request',
  'forbidden_host',
  'forbidden_origin',
  'token_required',
  'too_many_attempts',
  'request_timeout',
  'internal_error',
  'shutting_down',
  'server_busy',
];
const withBody: readonly ErrorCode[] = ['forbidden_key', 'body_too_large', 'unsupported_media_type'];

const idHeader = {
  'X-Request-ID': { description: 'The id in the body and in every log line', schema: { type: 'string' } },
};
const plain = (schema: SchemaObject, more: SchemaObject = {}) => ({
  'application/json': { schema, ...more },
});

function example(code: ErrorCode, openAi: boolean): SchemaObject {
  const message = 'what went wrong, and what to do';
  if (openAi) return { error: { message, type: 'invalid_request_error', param: null, code } };
  return {
    ok: false,
    code,
    message,
    error: message,
    detail: message,
    request_id: '2f9c1c1e-6f0b-4a57-9a53-0d8f4d2b9a11',
  };
}

/** Every error status a route answers with, and the codes that travel under it. */
export function errorResponses(more: readonly ErrorCode[], hasBody: boolean, openAi = false): SchemaObject {
  const byStatus = new Map<number, Set<ErrorCode>>();
  for (const code of [...always, ...(hasBody ? withBody : []), ...more]) {
    const status = openAi ? openAiStatus(code) : errorStatus[code];
    byStatus.set(status, (byStatus.get(status) ?? new Set()).add(code));
  }
  const schema = refTo(openAi ? 'OpenAiError' : 'Error');
  const entries = [...byStatus]
    .toSorted(([a], [b]) => a - b)
    .map(([status, codes]) => {
      const [first] = codes;
      const shown = first ? { example: example(first, openAi) } : {};
      return [
        String(status),
        { description: [...codes].join(', '), headers: idHeader, content: plain(schema, shown) },
      ] as const;
    });
  return Object.fromEntries(entries);
}

/** A good answer as JSON, and as a stream of events where the route has one. */
export function goodResponse(schema: SchemaObject, events?: SchemaObject): SchemaObject {
  const stream = events ? { 'text/event-stream': { schema: { type: 'string' }, 'x-events': events } } : {};
  return {
    '200': { description: 'The answer', headers: idHeader, content: { ...plain(schema), ...stream } },
  };
}

/** A good answer that is no JSON. */
export function textResponse(contentType: string): SchemaObject {
  const [type = contentType] = contentType.split(';');
  const content = { [type]: { schema: { type: 'string' } } };
  return { '200': { description: 'The answer', headers: idHeader, content } };
}

/** What each event of a chat's stream holds, but for `done`; exactly one `done` or one `error` ends it. */
export const chatEvents: SchemaObject = {
  start: refTo('StreamStart'),
  delta: refTo('StreamDelta'),
  reasoning: refTo('StreamDelta'),
  tool: refTo('StreamTool'),
  usage: refTo('Usage'),
  error: refTo('Error'),
};
