import type { ErrorInfo } from '../../../contract/errors.ts';
import type { ErrorReply, JsonObject } from '../define.ts';
import { errorView } from '../shared/error-view.ts';

/** Source: platform.claude.com/docs/en/api/errors */
const types: Record<number, string> = {
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
};

/** `{ type: "error", … }`, with our code and the field's name beside Anthropic's own fields. */
export function errorBody(info: ErrorInfo): JsonObject {
  const { status, code, message, param } = errorView(info);
  const overloaded = info.code === 'provider_overloaded' || status === 503;
  const type = overloaded
    ? 'overloaded_error'
    : (types[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error'));
  const error = { type, message, code, ...(param === null ? {} : { param }) };
  return { type: 'error', error, request_id: info.request_id };
}

export function toError(info: ErrorInfo): ErrorReply {
  const { status, headers } = errorView(info);
  return { status, headers: { ...headers, 'request-id': info.request_id }, body: errorBody(info) };
}
