import { errorStatus, type ErrorInfo } from '../../contract/errors.ts';
import { toError as anthropicError } from '../protocols/anthropic-messages/errors.ts';
import type { ErrorReply } from '../protocols/define.ts';
import { toError as geminiError } from '../protocols/gemini-generate/errors.ts';
import { toError as ollamaError } from '../protocols/ollama/errors.ts';
import { openAiError } from '../protocols/shared/openai-error.ts';

/** The error envelope of our own routes; ComfyVN's adapters read `error` and `detail`. */
export function errorBody({ code, message, details, request_id }: ErrorInfo): Record<string, unknown> {
  return {
    ok: false,
    code,
    message,
    error: message,
    detail: message,
    ...(details ? { details } : {}),
    request_id,
  };
}

const ownError = (info: ErrorInfo): ErrorReply => ({
  status: errorStatus[info.code],
  body: errorBody(info),
  headers: {},
});

/** The error format for a path; the first match counts. */
const shapes: readonly { paths: RegExp; shape: (info: ErrorInfo) => ErrorReply }[] = [
  { paths: /^\/v1\/messages(\/|$)/, shape: anthropicError },
  { paths: /^\/v1(\/|$)/, shape: openAiError },
  { paths: /^\/v1(alpha|beta)(\/|$)/, shape: geminiError },
  {
    paths:
      /^\/api\/(blobs|chat|copy|create|delete|embed|embeddings|generate|ps|pull|push|show|tags|version)(\/|$)/,
    shape: ollamaError,
  },
];

/** An error in the format of the called route. */
export function errorReplyAt(path: string, info: ErrorInfo): ErrorReply {
  const found = shapes.find(({ paths }) => paths.test(path));
  return (found?.shape ?? ownError)(info);
}

/** True for routes of other providers' protocols, which keep the provider's status. */
export const isForeignPath = (path: string) => shapes.some(({ paths }) => paths.test(path));
