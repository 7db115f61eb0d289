import type { Attempt } from '../../../../contract/chat.ts';
import { last4Of } from '../../lib/redact.ts';
import type { TransportError } from '../../net/transport-error.ts';
import type { AttemptCharge } from '../cost/cost-reservation.ts';
import type { Plan } from '../plan/plan.ts';
import type { AttemptStart } from './retry-schedule.ts';

/** How an attempt ended. Times in milliseconds. */
export interface AttemptEnd {
  /** Without the wait for rate limits, if it was sent. */
  ms: number;
  /** Null for a reply, and for an error that is not the provider's. */
  error: TransportError | null;
  /** Of a reply. */
  status: number | null;
  /** Waited for rate limits. */
  queued: number;
  /** Null if nothing had to be reserved. */
  charge: AttemptCharge | null;
}

/** An attempt as answers, errors and the call log show it. */
export function describeAttempt(
  plan: Plan,
  n: number,
  { reason, waited }: AttemptStart,
  { ms, error, status, queued, charge }: AttemptEnd,
): Attempt {
  const attempt: Attempt = {
    n,
    provider: plan.resolved.provider.name,
    model: plan.model.id,
    reason,
    status: error ? error.status : status,
    code: error?.code ?? null,
    ms: Math.round(ms * 10) / 10,
  };
  if (plan.resolved.preset) attempt.preset = plan.resolved.preset.id;
  if (error) attempt.message = error.message;
  const last4 = plan.adapter.auth && last4Of(plan.key?.key);
  if (last4) attempt.key_last4 = last4;
  if (waited) attempt.waited_ms = Math.round(waited);
  if (queued) attempt.queued_ms = Math.round(queued);
  if (charge) {
    attempt.charge = charge.charge;
    attempt.cost = charge.cost;
  }
  return attempt;
}
