import { errorStatus, providerErrorCodes, type ErrorCode, type ErrorInfo } from '../../../contract/errors.ts';
import { isObject } from './reader.ts';

/** What every protocol's error says, before it is put into a shape. */
export interface ErrorView {
  status: number;
  /** The provider's own code where its status is kept, else ours. */
  code: string;
  /** With our hint: callers on these protocols see no details. */
  message: string;
  /** The field at fault as the caller wrote it, or null. */
  param: string | null;
  retryAfterMs: number | undefined;
  headers: Record<string, string>;
}

/** A provider's own answer to what the caller sent. Clients ask again after a 502, and must not after these. */
export const keptStatuses: readonly number[] = [400, 401, 403, 404, 409, 413, 422, 429];

/** Asking again cannot help, or costs the same wait once more. Clients ask again at a 408, 409, 429 and any 5xx. */
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

/** The status, code and words of an error on the protocols of other people's programs. */
export function errorView({ code, message, details = {} }: ErrorInfo): ErrorView {
  const upstream = details['upstream_status'];
  const isPassedOn = isProviderCode(code) && typeof upstream === 'number' && keptStatuses.includes(upstream);
  // No key is free: the provider was not asked, and would have said the same.
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
