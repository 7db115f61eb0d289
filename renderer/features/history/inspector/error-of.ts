import type { CallDetail } from '../../../../contract/call-log.ts';
import type { ErrorCode, ErrorInfo } from '../../../../contract/errors.ts';

/** A recorded failure as the error its caller got, as far as the log has it; null for a call that went well. */
export function errorOf(call: CallDetail): ErrorInfo | null {
  if (call.code === null) return null;
  const { provider, model, steps, request_id: requestId } = call;
  const last = steps.at(-1);
  return {
    code: call.code as ErrorCode,
    message: call.message ?? call.code,
    request_id: requestId,
    details: {
      provider,
      model,
      ...(last && { upstream_status: last.status, upstream_message: last.message }),
    },
  };
}
