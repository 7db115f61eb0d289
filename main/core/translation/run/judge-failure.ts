import { chargeOf } from '../../chat/cost/failed-call-cost.ts';
import type { AppError } from '../../lib/app-error.ts';

/** What to do after a failed call. */
export type Verdict =
  /** Further calls would fail too, so the run waits for the user. Nothing was sent. */
  | { what: 'pause'; reason: string }
  /** The call was billed; the reply may be unusable. */
  | { what: 'paid'; reply: string; cut: boolean }
  /** Whether the call was billed is not known. */
  | { what: 'unknown' }
  /** Nothing was billed, and a retry may succeed. */
  | { what: 'retry'; waitMs: number }
  /** Nothing was billed: the caller cancelled. */
  | { what: 'cancelled' }
  /** Nothing was billed, and a retry is useless. */
  | { what: 'failed' };

const defaultWaitMs = 500;
const maxWaitMs = 60_000;

/**
 * Classifies a failed call by its error and its charge.
 * @param billed the provider charges for calls; for a local model, an uncertain charge counts as none
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
  if (code === 'cancelled') return as({ what: 'cancelled' });
  const status = details['upstream_status'];
  const mayRetry = status === null || status === 429 || (typeof status === 'number' && status >= 500);
  if (!mayRetry) return as({ what: 'failed' });
  const waitMs = retryAfterMs ?? defaultWaitMs;
  if (waitMs <= maxWaitMs) return as({ what: 'retry', waitMs });
  return as({ what: 'pause', reason: `${message}; the provider asks to wait ${Math.ceil(waitMs / 1000)} s` });
}
