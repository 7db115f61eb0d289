import type { ErrorInfo } from '../../../contract/errors.ts';
import type { ErrorReply, JsonObject } from '../define.ts';
import { errorView } from './error-view.ts';

const types: Record<number, string> = {
  401: 'authentication_error',
  402: 'insufficient_quota',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
};

/** The `error` object of OpenAI's protocols. Source: platform.openai.com/docs/guides/error-codes */
export function openAiErrorObject(info: ErrorInfo): JsonObject {
  const { status, code, message, param } = errorView(info);
  const type = types[status] ?? (status >= 500 ? 'server_error' : 'invalid_request_error');
  return { message, type, param, code };
}

export function openAiError(info: ErrorInfo): ErrorReply {
  const { status, headers } = errorView(info);
  return { status, headers, body: { error: openAiErrorObject(info) } };
}
