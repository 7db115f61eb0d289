import type { ErrorInfo } from '../../../contract/errors.ts';

interface CallFacts {
  provider?: string | null;
  model?: string | null;
  ms?: number;
}

/** A failure as text for a bug report. Main has redacted the secrets; the sent messages are not included. */
export function diagnosticOf(error: ErrorInfo, call: CallFacts): string {
  const { plan: _plan, ...details } = error.details ?? {};
  return JSON.stringify(
    { ...call, code: error.code, message: error.message, request_id: error.request_id, details },
    null,
    2,
  );
}
