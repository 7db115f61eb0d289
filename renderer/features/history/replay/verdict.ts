import type { CallRecord } from '../../../../contract/call-log.ts';
import type { DryRunAnswer } from '../../../../contract/chat.ts';

/** Whether today's plan is the request of then, to the byte. Unknown where no request was made. */
export function verdictOf(
  call: Pick<CallRecord, 'sha256'>,
  { plan }: Pick<DryRunAnswer, 'plan'>,
): 'same' | 'other' | 'unknown' {
  if (call.sha256 === null) return 'unknown';
  return call.sha256 === plan.sha256 ? 'same' : 'other';
}
