import type { ProviderErrorCode } from '../../../contract/errors.ts';
import type { WireError } from '../define.ts';
import { providerWords } from './error-message.ts';

const byStatus: Record<number, ProviderErrorCode> = {
  400: 'provider_rejected',
  401: 'provider_unauthorized',
  403: 'provider_unauthorized',
  404: 'provider_not_found',
  408: 'provider_timeout',
  422: 'provider_rejected',
  429: 'provider_rate_limited',
  503: 'provider_overloaded',
  504: 'provider_timeout',
  529: 'provider_overloaded',
};

/** Our code for an HTTP status, where the body does not tell it better. */
export function codeOfStatus(status: number): ProviderErrorCode {
  return byStatus[status] ?? 'provider_error';
}

/** A failed call by its status and body; a wire that knows more overrides the code. Never throws. */
export function wireError(status: number, json: unknown, text: string): WireError {
  const { message, code } = providerWords(status, json, text);
  return { code: codeOfStatus(status), upstreamCode: code, upstreamMessage: message };
}

const longestRaw = 500;

/** The `error` part for a stream event that is not JSON. */
export function badEvent(data: string): WireError {
  const raw = data.length > longestRaw ? `${data.slice(0, longestRaw)}…` : data;
  return { code: 'provider_bad_reply', upstreamCode: null, upstreamMessage: raw };
}
