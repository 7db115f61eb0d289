import type { ProviderErrorCode } from '../../../contract/errors.ts';
import type { JsonObject, ProviderError } from '../define.ts';
import { arr, obj, parseJson, str } from '../shared/read.ts';
import { providerError } from '../shared/wire-error.ts';

/** By Google's own status, which errors inside a 200 stream have too. Source: google.rpc.Code */
const byStatus = new Map<string, ProviderErrorCode>([
  ['INVALID_ARGUMENT', 'provider_rejected'],
  ['FAILED_PRECONDITION', 'provider_rejected'],
  ['OUT_OF_RANGE', 'provider_rejected'],
  ['UNAUTHENTICATED', 'provider_unauthorized'],
  ['PERMISSION_DENIED', 'provider_unauthorized'],
  ['NOT_FOUND', 'provider_not_found'],
  ['RESOURCE_EXHAUSTED', 'provider_rate_limited'],
  ['UNAVAILABLE', 'provider_overloaded'],
  ['DEADLINE_EXCEEDED', 'provider_timeout'],
]);

/**
 * Reads a failed call: `{ error: { code, message, status, details } }`, or a list with one such body. A wrong
 * key is a 400 here, distinguished from a wrong request by its reason. A quota's `retryDelay` ("34.4s")
 * becomes milliseconds. Source: https://ai.google.dev/gemini-api/docs/troubleshooting
 */
export function toError(status: number, json: unknown, text: string): ProviderError {
  const body = json ?? parseJson(text);
  const error = obj(obj(Array.isArray(body) ? body[0] : body).error);
  const details = arr(error.details).map(obj);
  const plain = providerError(status, json, text);
  const own = str(error.status);
  const badKey = details.some((detail) => str(detail.reason)?.startsWith('API_KEY_'));
  const retryAfterMs = waitOf(details);
  return {
    ...plain,
    code: badKey
      ? 'provider_unauthorized'
      : plain.retryable === false
        ? plain.code
        : (byStatus.get(own ?? '') ?? plain.code),
    upstreamCode: own ?? plain.upstreamCode,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

function waitOf(details: JsonObject[]): number | undefined {
  for (const detail of details) {
    const seconds = /^(\d+(?:\.\d+)?)s$/.exec(str(detail.retryDelay) ?? '')?.[1];
    if (seconds !== undefined) return Math.round(Number(seconds) * 1000);
  }
  return undefined;
}
