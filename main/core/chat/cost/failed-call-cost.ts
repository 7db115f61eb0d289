import type { ChatAnswer } from '../../../../contract/chat.ts';
import { gatewayGaveUp } from '../../../../contract/gateway-statuses.ts';

/** A failed call as its caller sees it: the error's code and details. */
export interface FailedCall {
  code: string;
  details?: Record<string, unknown> | undefined;
}

/** Refusals that every further call would get as well. */
const stopping = new Set<string>([
  'feature_disabled',
  'missing_key',
  'key_locked',
  'not_configured',
  'price_unknown',
  'cost_unbounded',
  'ledger_unavailable',
  'model_retired',
  'unsafe_address',
  'provider_unauthorized',
  'unknown_provider',
  'unknown_model',
  'unknown_module',
  'ambiguous_model',
]);

/** Network errors raised before a request was sent. */
const neverSent =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EADDRREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|proxy_refused|circuit_open|limit_wait)$/;

const defaultWaitMs = 500;

/** USD for all attempts. A reply that broke off costs what had arrived. */
export function costOf({ cost, attempts }: Record<string, unknown>): number {
  const all = Array.isArray(attempts) ? attempts.map((attempt: { cost?: unknown }) => attempt.cost) : [cost];
  return all.reduce<number>((sum, each) => {
    const { total } = (each ?? {}) as { total?: unknown };
    return sum + (typeof total === 'number' ? total : 0);
  }, 0);
}

/**
 * USD for a call that got a reply, including earlier attempts that may have been billed.
 * @param bound USD to count if the price is unknown; null if there is no bound
 */
export function spentOn(
  { cost, attempts }: Pick<ChatAnswer, 'cost' | 'attempts'>,
  bound: number | null,
): number {
  return Math.max(cost?.total ?? bound ?? 0, costOf({ attempts }));
}

/** The ledger's verdict on a call's attempts; undefined if nothing had to be reserved. */
function paidInLedger({ attempts }: Record<string, unknown>): 'no' | 'yes' | 'maybe' | undefined {
  const charges = Array.isArray(attempts)
    ? attempts.flatMap(({ charge }: { charge?: string }) => charge ?? [])
    : [];
  if (charges.length === 0) return undefined;
  if (charges.includes('unknown')) return 'maybe';
  return charges.includes('settled') ? 'yes' : 'no';
}

/** Whether a failed call may be billed: by the ledger's entry, or else by the provider's answer. */
function paidBy({ code, details = {} }: FailedCall): 'no' | 'yes' | 'maybe' {
  if (details['sent'] === false) return 'no';
  const booked = paidInLedger(details);
  if (booked) return booked;
  if (code === 'empty_reply') return 'yes';
  if (code === 'output_schema_mismatch' || code === 'content_filtered') return 'yes';
  if (!('upstream_status' in details))
    return code === 'cancelled' || code === 'internal_error' ? 'maybe' : 'no';
  const status = details['upstream_status'];
  if (typeof status === 'number') return status >= 400 && !gatewayGaveUp.has(status) ? 'no' : 'maybe';
  return neverSent.test(String(details['upstream_code'])) ? 'no' : 'maybe';
}

export interface CallCharge {
  paid: 'no' | 'yes' | 'maybe';
  /** USD for all attempts; unknown attempts count at their bound. */
  usd: number;
  /** Milliseconds that the provider asks to wait; undefined if a retry cannot help. */
  retryAfterMs?: number;
  /** Every further call would fail in the same way. */
  stops: boolean;
}

/** The cost of a failed call, and whether to retry. */
export function chargeOf(call: FailedCall): CallCharge {
  const { code, details = {} } = call;
  const paid = paidBy(call);
  const status = details['upstream_status'];
  const again = status === 429 || (typeof status === 'number' && status >= 500) || status === null;
  const asked = details['retry_after_ms'];
  const stops = stopping.has(code) || (code === 'budget_exceeded' && details['limit'] !== 'call');
  const wait = again ? { retryAfterMs: typeof asked === 'number' ? asked : defaultWaitMs } : {};
  return { paid, usd: costOf(details), stops, ...(paid === 'no' ? wait : {}) };
}
