import type { ErrorInfo } from '../../../contract/errors.ts';
import type { ErrorReply, JsonObject } from '../define.ts';
import { errorView } from '../shared/error-view.ts';

/** Ollama's clients show `error`; our code is an additional field. */
export function errorBody(info: ErrorInfo): JsonObject {
  const { message, code } = errorView(info);
  return { error: message, code };
}

export function toError(info: ErrorInfo): ErrorReply {
  const { status, headers } = errorView(info);
  return { status, headers, body: errorBody(info) };
}
