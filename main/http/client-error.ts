import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { errorStatus, type ErrorInfo } from '../../contract/errors.ts';
import { requestIdFrom } from '../core/lib/request-context.ts';
import { answerErrorAt, commonHeaders, reasonPhrase } from './answer.ts';
import { errorBody } from './error-shapes.ts';

const timedOut = 'ERR_HTTP_REQUEST_TIMEOUT';
const unreadable = 'this is not a request that can be read as HTTP/1.1';
const messages: Record<string, string> = {
  HPE_HEADER_OVERFLOW: 'the headers are larger than 16 kB',
  [timedOut]: 'the request did not arrive in time',
};

/** A request whose headers have arrived and whose answer is not written yet. */
export interface HalfRead {
  path: string;
  requestId: string;
  response: ServerResponse;
}

function rawAnswer(error: ErrorInfo): string {
  const body = JSON.stringify(errorBody(error));
  const status = errorStatus[error.code];
  const headers = {
    ...commonHeaders,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'x-request-id': error.request_id,
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${reasonPhrase(error.message)}\r\n${lines.join('')}\r\n${body}`;
}

/**
 * Answers a request that cannot be parsed as HTTP, or is not completed in time, with the usual envelope; then
 * closes the connection.
 * @param halfRead the request in progress on this connection, if its headers had arrived
 */
export function answerClientError(
  error: NodeJS.ErrnoException,
  socket: Duplex,
  halfRead: HalfRead | undefined,
): void {
  const begun = halfRead?.response.headersSent;
  if (!socket.writable || begun || error.code === 'ECONNRESET') return void socket.destroy();
  const code = error.code === timedOut ? 'request_timeout' : 'invalid_request';
  const message = messages[error.code ?? ''] ?? unreadable;
  if (halfRead) {
    const info = { code, message, request_id: halfRead.requestId } as const;
    answerErrorAt(halfRead.path, halfRead.response, info, { connection: 'close' });
  } else socket.end(rawAnswer({ code, message, request_id: requestIdFrom(undefined) }));
}
