import { errorStatus, providerErrorCodes, type ErrorCode, type ErrorInfo } from '../../../contract/errors.ts';
import { isObject } from './reader.ts';

/** The content of an error before it is formatted for a protocol. */
export interface ErrorView {
  status: number;
  /** The provider's own code if its status is kept, else ours. */
  code: string;
  /** Includes our hint, because these protocols have no field for details. */
  message: string;
  /** The invalid field as the caller wrote it, or null. */
  param: string | null;
  retryAfterMs: number | undefined;
  headers: Record<string, string>;
}

/** A provider's own rejections of the request. Clients retry after a 502, and must not retry these. */
export const keptStatuses: readonly number[] = [400, 401, 403, 404, 409, 413, 422, 429];

/** A retry cannot help, or would take the same wait again. Clients retry a 408, 409, 429 and any 5xx. */
const final: ReadonlySet<ErrorCode> = new Set([
  'ambiguous_model',
  'model_retired',
  'id_taken',
  'key_locked',
  'internal_error',
  'provider_rejected',
  'provider_unauthorized',
  'provider_not_found',
  'provider_reply_too_large',
  'provider_timeout',
  'content_filtered',
  'loop_detected',
]);

/** The status, code and message of an error in other providers' protocols. */
export function errorView({ code, message, details = {} }: ErrorInfo): ErrorView {
  const upstream = details['upstream_status'];
  const isPassedOn = isProviderCode(code) && typeof upstream === 'number' && keptStatuses.includes(upstream);
  // No key is free: the provider was not called, and would have answered the same.
  const isLimitedHere = code === 'provider_rate_limited' && upstream === null;
  const status = isPassedOn ? Number(upstream) : isLimitedHere ? 429 : errorStatus[code];
  const upstreamCode = details['upstream_code'];
  const hint = typeof details['hint'] === 'string' ? `; ${details['hint']}` : '';
  const wait = details['retry_after_ms'];
  const retryAfterMs = typeof wait === 'number' ? wait : undefined;
  const isFinal = status !== 429 && (isPassedOn || final.has(code));
  return {
    status,
    code: isPassedOn && typeof upstreamCode === 'string' && upstreamCode !== '' ? upstreamCode : code,
    message: message + hint,
    param: firstField(details['fields']),
    retryAfterMs,
    headers: {
      ...(retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) }),
      ...(isFinal ? { 'x-should-retry': 'false' } : {}),
    },
  };
}

function isProviderCode(code: ErrorCode): boolean {
  return (providerErrorCodes as readonly ErrorCode[]).includes(code);
}

function firstField(fields: unknown): string | null {
  const first: unknown = Array.isArray(fields) ? fields[0] : undefined;
  if (!isObject(first) || typeof first['path'] !== 'string') return null;
  return first['path'].replace(/^params\./, '') || null;
}
