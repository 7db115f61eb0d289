import type { ErrorInfo } from '../../../contract/errors.ts';
import type { ErrorReply, JsonObject } from '../define.ts';
import { errorView } from '../shared/error-view.ts';

/** Source: cloud.google.com/apis/design/errors, ai.google.dev/gemini-api/docs/troubleshooting */
const statusNames: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  402: 'FAILED_PRECONDITION',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
  499: 'CANCELLED',
  500: 'INTERNAL',
  504: 'DEADLINE_EXCEEDED',
};

function statusName(status: number): string {
  return statusNames[status] ?? (status >= 500 ? 'UNAVAILABLE' : 'INVALID_ARGUMENT');
}

/** Google's error envelope; our code is the `reason`, a wait is a `RetryInfo`. */
export function errorBody(info: ErrorInfo): JsonObject {
  const { status, code, message, param, retryAfterMs } = errorView(info);
  const details: JsonObject[] = [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: code,
      domain: 'comfyvn-llm-panel',
      metadata: { request_id: info.request_id },
    },
  ];
  if (param !== null) {
    const fieldViolations = [{ field: param, description: message }];
    details.push({ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations });
  }
  if (retryAfterMs !== undefined) {
    const retryDelay = `${retryAfterMs / 1000}s`;
    details.push({ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay });
  }
  return { error: { code: status, message, status: statusName(status), details } };
}

export function toError(info: ErrorInfo): ErrorReply {
  const { status, headers } = errorView(info);
  return { status, headers, body: errorBody(info) };
}
