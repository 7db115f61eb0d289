import type { ProviderErrorCode } from '../../../contract/errors.ts';
import type { ProviderError } from '../define.ts';
import { obj, parseJson, str } from '../shared/read.ts';
import { providerError } from '../shared/wire-error.ts';

/** By `error.type`: https://platform.claude.com/docs/en/api/errors */
const codeByType = new Map<string, ProviderErrorCode>([
  ['invalid_request_error', 'provider_rejected'],
  ['request_too_large', 'provider_rejected'],
  ['billing_error', 'provider_rejected'],
  ['authentication_error', 'provider_unauthorized'],
  ['permission_error', 'provider_unauthorized'],
  ['not_found_error', 'provider_not_found'],
  ['rate_limit_error', 'provider_rate_limited'],
  ['timeout_error', 'provider_timeout'],
  ['overloaded_error', 'provider_overloaded'],
  ['api_error', 'provider_error'],
]);

/**
 * The content filter answers 400 `invalid_request_error`; only its message distinguishes it from a bad
 * request.
 */
const filterWords = /blocked by content filtering policy/i;

/**
 * Reads a failed call. The body's `error.type` takes precedence over the status, which a proxy may have
 * changed.
 */
export function toError(status: number, json: unknown, text: string): ProviderError {
  const error = providerError(status, json, text);
  const type = str(obj(obj(json ?? parseJson(text)).error).type);
  const upstreamCode = type ?? error.upstreamCode;
  const code = error.retryable === false ? error.code : (codeByType.get(type ?? '') ?? error.code);
  return {
    ...error,
    upstreamCode,
    code: filterWords.test(error.upstreamMessage) ? 'content_filtered' : code,
  };
}

/** Reads an error object inside a 200 stream: there is no status, so only the type counts. */
export function streamError(event: unknown, data: string): ProviderError {
  return toError(0, event, data);
}
