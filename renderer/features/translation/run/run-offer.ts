import type { TranslationPlan } from '../../../../contract/translation.ts';

/** What can be known of a run's price before it begins. */
export interface RunOffer {
  likely: number | null;
  max: number | null;
  /** Of the project's limit and of what this run may cost, whichever is less; null without either. */
  left: number | null;
  verdict: 'nothing' | 'refused' | 'may_pause' | 'fits';
}

/**
 * @param stopAt USD at which the person wants this run to stop; null without
 * @param resend whether lines are sent again that a plan leaves out: what they cost is then not known
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
  // Only the project's limit refuses: whoever names an amount for this run wants it to stop there.
  if (ofLimit !== null && !free && (likely === null || Math.min(likely, stopAt ?? Infinity) > ofLimit))
    return { likely, max, left: ofLimit, verdict: 'refused' };
  if (left !== null && !free && (max === null || max > left))
    return { likely, max, left, verdict: 'may_pause' };
  return { likely, max, left, verdict: 'fits' };
}
