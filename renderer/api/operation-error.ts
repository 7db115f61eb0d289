import type { Envelope, ErrorInfo } from '../../contract/errors.ts';
import { errorText } from './error-text.ts';

/** A failed operation in the renderer, because TanStack Query expects a throw. */
export class OperationError extends Error {
  readonly info: ErrorInfo;

  constructor(info: ErrorInfo, options?: ErrorOptions) {
    super(info.message, options);
    this.name = 'OperationError';
    this.info = info;
    // Always in the current language when it is read.
    Object.defineProperty(this, 'message', { get: () => errorText(info) });
  }
}

/**
 * The data of an envelope.
 * @throws OperationError for a failure
 */
export function unwrap<T>(envelope: Envelope<T>): T {
  if (envelope.ok) return envelope.data;
  throw new OperationError(envelope.error);
}

/** An envelope for an error in the page. */
export function failure(code: ErrorInfo['code'], message: string, requestId: string): Envelope<never> {
  return { ok: false, error: { code, message, request_id: requestId } };
}

/** An error of the page itself, in the current language. */
export function pageError(code: ErrorInfo['code'], message: string, requestId = ''): ErrorInfo {
  return { code, message, details: { origin: 'page' }, request_id: requestId };
}

/** An envelope for an error of the page itself, in the current language. */
export function pageFailure(code: ErrorInfo['code'], message: string, requestId: string): Envelope<never> {
  return { ok: false, error: pageError(code, message, requestId) };
}

/** Converts any thrown value to an error that the panel can show. */
export function errorInfoOf(thrown: unknown): ErrorInfo {
  if (thrown instanceof OperationError) return thrown.info;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'internal_error', message, request_id: '' };
}
