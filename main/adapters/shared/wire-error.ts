import type { ProviderErrorCode } from '../../../contract/errors.ts';
import type { ProviderError } from '../define.ts';
import { isErrorObject, providerWords } from './error-message.ts';

const byStatus: Record<number, ProviderErrorCode> = {
  400: 'provider_rejected',
  401: 'provider_unauthorized',
  402: 'provider_rejected',
  403: 'provider_unauthorized',
  404: 'provider_not_found',
  408: 'provider_timeout',
  422: 'provider_rejected',
  429: 'provider_rate_limited',
  503: 'provider_overloaded',
  504: 'provider_timeout',
  529: 'provider_overloaded',
};

/** Our code for an HTTP status, used if the body has no better one. */
function codeOfStatus(status: number): ProviderErrorCode {
  return byStatus[status] ?? 'provider_error';
}

/**
 * Codes and messages of an account without credit or quota, whatever the status: OpenAI's
 * `insufficient_quota` (429), DeepSeek's and OpenRouter's 402, Anthropic's `billing_error` and its 400
 * "credit balance is too low", xAI, Moonshot.
 */
const noMoneyCode =
  /insufficient_(quota|balance|credits?|funds)|billing_(error|hard_limit|not_active)|exceeded_current_quota|payment_required|account_deactivated/i;
const noMoneyWords =
  /credit balance is too low|insufficient (balance|credits?|funds|quota)|no credits? left|no credit left|billing hard limit|payment required|out of credits/i;

/** Answers to an unknown route from servers that send 200 (LM Studio) or 404 (Ollama, nginx, FastAPI). */
const unknownPath = /unexpected endpoint or method|404 page not found|no route matches|cannot post \//i;

/** Messages about a wrong key, for statuses that do not show it. */
const badKeyWords =
  /(invalid|incorrect|wrong|expired|malformed|missing|no) (api[- ]?)?(key|token|credentials?)\b(?! ?=)/i;

/** Reads a failed call from its status and body; protocols that know more override the code. Never throws. */
export function providerError(status: number, json: unknown, text: string): ProviderError {
  const { message, code } = providerWords(status, json, text);
  const error: ProviderError = {
    code: codeOfStatus(status),
    upstreamCode: code,
    upstreamMessage: message,
    isOwnShape: isErrorObject(json, text),
  };
  return { ...error, ...incurable(status, code ?? '', message) };
}

/** Errors that a retry cannot fix, whatever the status. */
function incurable(status: number, code: string, message: string): Partial<ProviderError> {
  if (status === 402 || noMoneyCode.test(code) || noMoneyWords.test(message))
    return {
      code: 'provider_rejected',
      retryable: false,
      hint: 'the account at the provider has no money or quota left: add some there, no retry helps',
    };
  if (unknownPath.test(message))
    return {
      code: 'provider_not_found',
      retryable: false,
      hint: 'the server does not know this path: the base URL probably lacks its version (/v1), or has one too many',
    };
  if ((status < 400 || status >= 500) && badKeyWords.test(message))
    return { code: 'provider_unauthorized', retryable: false };
  return {};
}

const maxRaw = 500;

/** The `error` part for a stream event that is not JSON. */
export function badEvent(data: string): ProviderError {
  const raw = data.length > maxRaw ? `${data.slice(0, maxRaw)}…` : data;
  return { code: 'provider_bad_reply', upstreamCode: null, upstreamMessage: raw, isOwnShape: false };
}
