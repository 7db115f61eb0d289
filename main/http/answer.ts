import type { ServerResponse } from 'node:http';
import { errorStatus, type Envelope, type ErrorInfo } from '../../contract/errors.ts';

/** On every answer, whatever the route. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
};

/** The error envelope of API.md; `error` and `detail` are what ComfyVN's adapters read. */
export function errorBody({ code, message, details, request_id }: ErrorInfo): Record<string, unknown> {
  return {
    ok: false,
    code,
    message,
    error: message,
    detail: message,
    ...(details ? { details } : {}),
    request_id,
  };
}

/** Writes one JSON answer. */
export function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  requestId: string,
  more: Record<string, string> = {},
): void {
  answerBytes(response, status, Buffer.from(JSON.stringify(body)), requestId, more);
}

/** Writes JSON that is bytes already. */
export function answerBytes(
  response: ServerResponse,
  status: number,
  bytes: Buffer,
  requestId: string,
  more: Record<string, string> = {},
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    ...commonHeaders,
    'content-type': 'application/json; charset=utf-8',
    'content-length': bytes.length,
    'x-request-id': requestId,
    ...more,
  });
  response.end(bytes);
}

export function answerError(
  response: ServerResponse,
  error: ErrorInfo,
  more: Record<string, string> = {},
): void {
  // What is left of a refused body is not read: the connection ends with the answer.
  const close: Record<string, string> = error.code === 'body_too_large' ? { connection: 'close' } : {};
  answerJson(response, errorStatus[error.code], errorBody(error), error.request_id, { ...close, ...more });
}

/** An envelope as ComfyVN reads it: the data's fields beside `ok` and `request_id`. */
export function answerEnvelope(
  response: ServerResponse,
  envelope: Envelope<unknown>,
  requestId: string,
): void {
  if (!envelope.ok) answerError(response, envelope.error);
  else
    answerJson(response, 200, { ok: true, ...(envelope.data as object), request_id: requestId }, requestId);
}
