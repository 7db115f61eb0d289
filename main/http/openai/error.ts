import type { ServerResponse } from 'node:http';
import { errorStatus, type ErrorCode, type ErrorInfo } from '../../../contract/errors.ts';
import type { OpenAiError } from '../../../contract/operations/openai.ts';
import { isObject } from '../../core/lib/json.ts';
import { answerError, answerJson } from '../answer.ts';

const types: Record<number, string> = {
  401: 'authentication_error',
  402: 'insufficient_quota',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
};

/** Asking again cannot help, or would cost the same wait once more: OpenAI's clients ask again at a 409 and any 5xx. */
const final: ReadonlySet<ErrorCode> = new Set([
  'ambiguous_model',
  'model_retired',
  'internal_error',
  'provider_rejected',
  'provider_unauthorized',
  'provider_not_found',
  'provider_reply_too_large',
  'provider_timeout',
  'content_filtered',
  'loop_detected',
]);

/** As on every route, but for a provider's 429: OpenAI's clients wait and ask again by that status. */
export function openAiStatus(code: ErrorCode): number {
  return code === 'provider_rate_limited' ? 429 : errorStatus[code];
}

function typeOf(status: number): string {
  return types[status] ?? (status >= 500 ? 'server_error' : 'invalid_request_error');
}

function firstField(details: ErrorInfo['details']): string | null {
  const fields = details?.['fields'];
  const first: unknown = Array.isArray(fields) ? fields[0] : undefined;
  return isObject(first) && typeof first['path'] === 'string'
    ? first['path'].replace(/^params\./, '') || null
    : null;
}

/** An error in OpenAI's shape: the provider's own words and our hint in `message`, our code in `code`. */
export function openAiErrorOf({ code, message, details }: ErrorInfo): OpenAiError {
  const hint = typeof details?.['hint'] === 'string' ? `; ${details['hint']}` : '';
  return {
    error: { message: message + hint, type: typeOf(openAiStatus(code)), param: firstField(details), code },
  };
}

/** Writes one error in OpenAI's shape. */
export function answerOpenAiError(
  response: ServerResponse,
  error: ErrorInfo,
  more: Record<string, string> = {},
): void {
  const { code, details, request_id } = error;
  const wait = details?.['retry_after_ms'];
  answerJson(response, openAiStatus(code), openAiErrorOf(error), request_id, {
    ...(typeof wait === 'number' ? { 'retry-after': String(Math.ceil(wait / 1000)) } : {}),
    ...(final.has(code) ? { 'x-should-retry': 'false' } : {}),
    ...(code === 'body_too_large' ? { connection: 'close' } : {}),
    ...more,
  });
}

/** True for the routes whose answers have OpenAI's shape. */
export const isOpenAiPath = (path: string) => path === '/v1' || path.startsWith('/v1/');

/** An error in the shape of the route that was called. */
export function answerErrorAt(
  path: string,
  response: ServerResponse,
  error: ErrorInfo,
  more: Record<string, string> = {},
): void {
  (isOpenAiPath(path) ? answerOpenAiError : answerError)(response, error, more);
}
