import type { ServerResponse } from 'node:http';
import type { Envelope, ErrorInfo } from '../../contract/errors.ts';
import { errorReplyAt } from './error-shapes.ts';
import type { HttpCall } from './http-call.ts';
import { repliesWait } from './open-calls.ts';

type Headers = Record<string, string>;

/** Sent with every answer. */
export const commonHeaders: Readonly<Headers> = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
};

const maxReason = 120;

/** An error's message as the status line's reason phrase; some programs show nothing else of an error. */
export function reasonPhrase(message: string): string {
  const plain = message.replace(/\s+/g, ' ').replace(/[^\x20-\x7e]/g, '?');
  return plain.length > maxReason ? `${plain.slice(0, maxReason - 3)}...` : plain;
}

/** The parts of an answer besides its bytes. */
interface Head {
  status: number;
  requestId: string;
  /** Take precedence over the common headers. */
  headers?: Headers;
  /** The reason phrase; Node's default if unset. */
  reason?: string;
}

/**
 * Writes an answer's bytes. Does nothing if an answer has already started, or if the caller has disconnected.
 */
export function answerBytes(response: ServerResponse, bytes: Buffer, head: Head): void {
  if (response.headersSent || response.destroyed) return;
  const all: Headers = {
    ...commonHeaders,
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(bytes.length),
    'x-request-id': head.requestId,
    ...head.headers,
  };
  if (head.reason) response.writeHead(head.status, head.reason, all);
  else response.writeHead(head.status, all);
  response.end(bytes);
}

export function answerJson(response: ServerResponse, body: unknown, head: Head): void {
  answerBytes(response, Buffer.from(JSON.stringify(body)), head);
}

/** Writes an error in the format of the called route. `message` and `details` must already be redacted. */
export function answerErrorAt(
  path: string,
  response: ServerResponse,
  error: ErrorInfo,
  more: Headers = {},
): void {
  const { status, body, headers } = errorReplyAt(path, error);
  // The rest of a rejected body is not read, so the connection ends with the answer.
  const close: Headers = error.code === 'body_too_large' ? { connection: 'close' } : {};
  answerJson(response, body, {
    status,
    requestId: error.request_id,
    headers: { ...headers, ...close, ...more },
    reason: reasonPhrase(error.message),
  });
}

/** Answers a call with an error. */
export function answerError({ path, outgoing }: HttpCall, error: ErrorInfo, more: Headers = {}): void {
  answerErrorAt(path, outgoing, error, more);
}

/** Converts any thrown value to the answer to a call. */
export function answerThrown(call: HttpCall, error: unknown, operation: string, more: Headers = {}): void {
  answerError(call, call.core.dispatcher.toErrorInfo(error, call.context, operation), more);
}

/**
 * Sends a complete reply. If too many bytes are already waiting for slow callers, sends an error that asks to
 * try again.
 */
export function answerReply(call: HttpCall, bytes: Buffer, headers: Headers = {}): void {
  const { requestId } = call.context;
  if (!call.calls.hasRoomFor(bytes.length))
    return answerError(call, { ...repliesWait, request_id: requestId }, { 'retry-after': '1' });
  answerBytes(call.outgoing, bytes, { status: 200, requestId, headers });
}

/** As `answerReply`, for a value that is serialized as JSON. */
export function answerReplyJson(call: HttpCall, body: unknown, headers: Headers = {}): void {
  answerReply(call, Buffer.from(JSON.stringify(body)), headers);
}

/** An envelope in ComfyVN's format: the data's fields beside `ok` and `request_id`. */
export function answerEnvelope(call: HttpCall, envelope: Envelope<unknown>): void {
  if (!envelope.ok) return answerError(call, envelope.error);
  const { requestId } = call.context;
  answerReplyJson(call, { ok: true, ...(envelope.data as object), request_id: requestId });
}
