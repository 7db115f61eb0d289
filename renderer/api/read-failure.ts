import type { Envelope, ErrorCode } from '../../contract/errors.ts';
import { failure } from './operation-error.ts';
import { isObject } from './is-object.ts';

/**
 * Reads a failure in either form of the HTTP transport: an envelope, or (from the guard, and for streams) the
 * API's flat form with `code` and `message` at the top level. Null for anything else.
 */
export function readFailure(body: unknown, callId: string): Envelope<never> | null {
  if (!isObject(body) || body.ok !== false) return null;
  const { code, message, details, request_id: id } = isObject(body.error) ? body.error : body;
  const envelope = failure(code as ErrorCode, String(message), typeof id === 'string' ? id : callId);
  if (!envelope.ok && isObject(details)) envelope.error.details = details;
  return envelope;
}
