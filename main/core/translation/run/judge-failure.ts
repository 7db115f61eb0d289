import { chargeOf } from '../../chat/cost/call-charge.ts';
import type { AppError } from '../../lib/app-error.ts';

/** What follows from a call that failed. */
export type Verdict =
  /** No further call can fare better: the run waits for the user. Nothing was sent. */
  | { what: 'pause'; reason: string }
  /** There was a reply, of a kind. */
  | { what: 'paid'; reply: string; cut: boolean }
  | { what: 'unknown' }
  /** Nothing was billed, and another try may do. */
  | { what: 'again'; waitMs: number }
  /** Nothing was billed: the caller gave it up. */
  | { what: 'back' }
  /** Nothing was billed, and another try is no use. */
  | { what: 'failed' };

const defaultWaitMs = 500;
const maxWaitMs = 60_000;

/**
 * Judges a failed call by what the ledger and the provider say of it.
 * @param billed the provider sends bills; a model on one's own machine leaves nothing to be unsure of
 */
export function judgeFailure(error: AppError, billed: boolean): { verdict: Verdict; usd: number } {
  const { code, message, details = {} } = error;
  const { paid: charged, usd, stops, retryAfterMs } = chargeOf(error);
  const paid = billed || charged === 'yes' ? charged : 'no';
  const as = (verdict: Verdict) => ({ verdict, usd });
  if (stops || code === 'budget_exceeded') return as({ what: 'pause', reason: message });
  if (paid === 'yes') {
    const cut = details['finish_reason'] === 'length';
    return as({ what: 'paid', reply: String(details['reply'] ?? ''), cut });
  }
  if (paid === 'maybe') return as({ what: 'unknown' });
  if (code === 'cancelled') return as({ what: 'back' });
  const status = details['upstream_status'];
  const again = status === null || status === 429 || (typeof status === 'number' && status >= 500);
  if (!again) return as({ what: 'failed' });
  const waitMs = retryAfterMs ?? defaultWaitMs;
  if (waitMs <= maxWaitMs) return as({ what: 'again', waitMs });
  return as({ what: 'pause', reason: `${message}; the provider asks to wait ${Math.ceil(waitMs / 1000)} s` });
}
