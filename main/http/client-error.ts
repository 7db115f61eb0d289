import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { errorStatus } from '../../contract/errors.ts';
import { requestIdFrom } from '../core/request-context.ts';
import { commonHeaders, errorBody } from './answer.ts';

const messages: Record<string, string> = {
  HPE_HEADER_OVERFLOW: 'the headers are larger than 16 kB',
  ERR_HTTP_REQUEST_TIMEOUT: 'the request did not arrive in time',
};

/** Answers what cannot be read as HTTP, and so reaches no route, with the envelope all the same. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const request_id = requestIdFrom(undefined);
  const message = messages[error.code ?? ''] ?? 'this is not a request that can be read as HTTP/1.1';
  const body = JSON.stringify(errorBody({ code: 'invalid_request', message, request_id }));
  const status = errorStatus.invalid_request;
  const headers = {
    ...commonHeaders,
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'x-request-id': request_id,
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
}
