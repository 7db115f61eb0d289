import { errorStatus, providerErrorCodes, type ErrorCode } from '../../../contract/errors.ts';
import { keptStatuses } from '../../protocols/shared/error-view.ts';
import { errorBody } from '../error-shapes.ts';
import { refTo, type SchemaObject } from './schemas.ts';

/** Errors that any route may answer, depending on whether it has a body. */
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

/** The error format of a route. */
type ErrorShape = 'own' | 'openai' | 'protocol';

function example(code: ErrorCode, shape: ErrorShape): SchemaObject {
  const message = 'what went wrong, and what to do';
  if (shape === 'openai') return { error: { message, type: 'invalid_request_error', param: null, code } };
  return errorBody({ code, message, request_id: '2f9c1c1e-6f0b-4a57-9a53-0d8f4d2b9a11' });
}

const isProviderCode = (code: ErrorCode) => (providerErrorCodes as readonly ErrorCode[]).includes(code);

/** The statuses of an error: other providers' protocols keep the provider's status. */
function statusesOf(code: ErrorCode, shape: ErrorShape): number[] {
  return shape !== 'own' && isProviderCode(code) ? [errorStatus[code], ...keptStatuses] : [errorStatus[code]];
}

/** Every error status of a route, with its error codes. */
export function errorResponses(
  more: readonly ErrorCode[],
  hasBody: boolean,
  shape: ErrorShape = 'own',
): SchemaObject {
  const byStatus = new Map<number, Set<ErrorCode>>();
  for (const code of [...always, ...(hasBody ? withBody : []), ...more])
    for (const status of statusesOf(code, shape))
      byStatus.set(status, (byStatus.get(status) ?? new Set()).add(code));
  const schemas = { own: refTo('Error'), openai: refTo('OpenAiError'), protocol: { type: 'object' } };
  const entries = [...byStatus]
    .toSorted(([a], [b]) => a - b)
    .map(([status, codes]) => {
      const [first] = codes;
      const shown = first && shape !== 'protocol' ? { example: example(first, shape) } : {};
      return [
        String(status),
        { description: [...codes].join(', '), headers: idHeader, content: plain(schemas[shape], shown) },
      ] as const;
    });
  return Object.fromEntries(entries);
}

/** A successful answer as JSON, and as an event stream if the route has one. */
export function goodResponse(schema: SchemaObject, events?: SchemaObject): SchemaObject {
  const stream = events ? { 'text/event-stream': { schema: { type: 'string' }, 'x-events': events } } : {};
  return {
    '200': { description: 'The answer', headers: idHeader, content: { ...plain(schema), ...stream } },
  };
}

/** A successful answer that is not JSON. */
export function textResponse(contentType: string): SchemaObject {
  const [type = contentType] = contentType.split(';');
  const content = { [type]: { schema: { type: 'string' } } };
  return { '200': { description: 'The answer', headers: idHeader, content } };
}

/** The data of each event of a chat stream except `done`; exactly one `done` or `error` ends it. */
export const chatEvents: SchemaObject = {
  start: refTo('StreamStart'),
  delta: refTo('StreamDelta'),
  reasoning: refTo('StreamDelta'),
  tool: refTo('StreamTool'),
  usage: refTo('Usage'),
  error: refTo('Error'),
};
