import type { ServerResponse } from 'node:http';
import { errorStatus, type Envelope, type ErrorInfo } from '../../contract/errors.ts';
import { endTogether } from './end-together.ts';

/** On every answer, whatever the route. */
export const commonHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
};
const common = Object.entries(commonHeaders);

/** An answer's headers as Node takes them with the least work: names and values in turn; `more` go before the others. */
export function headerList(own: Record<string, string>, more: Record<string, string> = {}): string[] {
  const list: string[] = [];
  for (const [name, value] of common) if (!(name in more)) list.push(name, value);
  for (const name in own) if (!(name in more)) list.push(name, own[name] as string);
  for (const name in more) list.push(name, more[name] as string);
  return list;
}

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
  const own = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(bytes.length),
    'x-request-id': requestId,
  };
  response.writeHead(status, headerList(own, more));
  endTogether(response, bytes);
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
