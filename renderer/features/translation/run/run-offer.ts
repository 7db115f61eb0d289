import type { TranslationPlan } from '../../../../contract/translation.ts';

/** What is known about a run's price before it starts. */
export interface RunOffer {
  likely: number | null;
  max: number | null;
  /** The smaller of what is left of the project's limit and of this run's own limit; null without either. */
  left: number | null;
  verdict: 'nothing' | 'refused' | 'may_pause' | 'fits';
}

/**
 * @param stopAt USD at which the user wants this run to stop; null for no limit
 * @param resend whether lines that the plan leaves out are sent again: their cost is then unknown
 */
export function runOffer(plan: TranslationPlan, stopAt: number | null, resend = false): RunOffer {
  const offer = planOffer(plan, stopAt);
  const isFree = offer.max === 0 && plan.groups > 0;
  if (!resend || isFree || offer.verdict === 'refused') return offer;
  return { ...offer, likely: null, max: null, verdict: offer.left === null ? 'fits' : 'may_pause' };
}

function planOffer(plan: TranslationPlan, stopAt: number | null): RunOffer {
  const { cost, limit_usd: limit, spent_usd: spent } = plan;
  const likely = cost?.expected ?? null;
  const max = cost?.max ?? null;
  const ofLimit = limit === null ? null : Math.max(0, limit - spent);
  const bounds = [ofLimit, stopAt].filter((bound) => bound !== null);
  const left = bounds.length === 0 ? null : Math.min(...bounds);
  if (plan.groups === 0) return { likely, max, left, verdict: 'nothing' };
  const free = max === 0;
  // Only the project's limit refuses a run: an amount set for this run just makes it stop there.
  if (ofLimit !== null && !free && (likely === null || Math.min(likely, stopAt ?? Infinity) > ofLimit))
    return { likely, max, left: ofLimit, verdict: 'refused' };
  if (left !== null && !free && (max === null || max > left))
    return { likely, max, left, verdict: 'may_pause' };
  return { likely, max, left, verdict: 'fits' };
}
