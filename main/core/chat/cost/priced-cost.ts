import type { Cost, Usage } from '../../../../contract/chat.ts';
import type { Warning, WarningValues } from '../../../../contract/warnings.ts';
import { warning } from '../../lib/warning.ts';
import type { Price } from '../../registry/prices/price-table.ts';
import { maxCompletion, maxPrompt } from '../plan/bound.ts';
import type { Plan } from '../plan/plan.ts';
import { hidesOutput, isPaid } from './checked-usage.ts';

/** No call costs this many times its bound, even with tools and searches. */
const absurdCostFactor = 1000;
/** A cost below this is never treated as absurd. */
const absurdCostUsd = 100;

export interface PricedCost {
  cost: Cost | null;
  warnings: Warning[];
}

const usd = (amount: number) => `$${amount.toFixed(amount < 0.01 ? 5 : 2)}`;

/**
 * The cost of a usage: the provider's own figure if it is plausible, else by the price; null if neither is
 * known.
 * @param bound USD reserved; 0 if nothing was reserved
 * @param reported the provider's own counts, from which `usage` was derived
 */
export function pricedCost(
  plan: Plan,
  price: Price | null,
  bound: number,
  usage: Usage,
  reportedUsd: number | undefined,
  reported: Usage | null,
): PricedCost {
  if (!isPaid(plan))
    return {
      cost: reportedUsd === undefined ? free : { ...free, total: reportedUsd, source: 'provider' },
      warnings: [],
    };
  const byPrice = price?.of(usage) ?? null;
  const problem = reportedUsd === undefined ? null : costProblem(reportedUsd, byPrice, bound);
  if (reportedUsd !== undefined && !problem) {
    const cost: Cost = {
      total: reportedUsd,
      currency: 'USD',
      source: 'provider',
      ...cacheSaving(price, usage),
    };
    return { cost, warnings: overrun(reportedUsd, bound) };
  }
  const warnings = problem && reportedUsd !== undefined ? [costReplaced(reportedUsd, problem)] : [];
  // The cost is unknown, so the whole reservation counts.
  if (byPrice === null) return { cost: reportedUsd === undefined ? null : counted(bound), warnings };
  if (reportedUsd !== undefined && reportedUsd > 0)
    return { cost: counted(Math.max(byPrice, bound)), warnings };
  if (plan.billing.beyondTokens && bound > 0) {
    const note = `the provider does not report its further charges for this call: the whole reservation is charged`;
    const unreported = warning('charges_not_reported', {}, note);
    return { cost: counted(Math.max(byPrice, bound)), warnings: [...warnings, unreported] };
  }
  if (usage.estimated && bound > 0) {
    // Our count may be too high: the request's bound limits the cost, unless the provider reported more.
    const limit = isAboveBound(plan, reported, usage) ? Math.max(byPrice, bound) : bound;
    return { cost: counted(hidesOutput(plan) ? limit : Math.min(byPrice, limit)), warnings };
  }
  const cost: Cost = { total: byPrice, currency: 'USD', source: 'price_table', ...cacheSaving(price, usage) };
  return { cost, warnings: [...warnings, ...overrun(byPrice, bound)] };
}

/** True if the provider reported more than the request allows, and the figure was accepted. */
function isAboveBound(plan: Plan, reported: Usage | null, usage: Usage): boolean {
  const isTaken = (name: 'prompt_tokens' | 'completion_tokens', limit: number) =>
    reported !== null && reported[name] === usage[name] && usage[name] > limit;
  return (
    isTaken('prompt_tokens', maxPrompt(plan)) || isTaken('completion_tokens', maxCompletion(plan) ?? Infinity)
  );
}

/**
 * What the provider's cache saved on the same tokens; nothing if no cache was used or the price is unknown.
 */
function cacheSaving(price: Price | null, usage: Usage): Pick<Cost, 'cache_saving'> {
  const { cached_tokens: read = 0, cache_write_tokens: written = 0, cache_write_1h_tokens: hour = 0 } = usage;
  if (price === null || read + written + hour === 0) return {};
  const uncached = { ...usage, cached_tokens: 0, cache_write_tokens: 0, cache_write_1h_tokens: 0 };
  return { cache_saving: price.of(uncached) - price.of(usage) };
}

const free: Cost = { total: 0, currency: 'USD', source: 'free' };

const counted = (total: number): Cost => ({
  total,
  currency: 'USD',
  source: 'price_table',
  estimated: true,
});

/** A cost above its bound is charged as it is, with a warning. */
function overrun(total: number, bound: number): Warning[] {
  if (bound === 0 || total <= bound * 1.000001) return [];
  const text = `this call cost ${usd(total)}, more than the ${usd(bound)} reserved for it`;
  return [warning('cost_above_bound', { usd: total, bound }, text)];
}

type CostProblem = WarningValues['cost_replaced']['problem'];

const problemTexts: Record<CostProblem, string> = {
  impossible: 'is not a possible cost',
  zero: 'is zero although the model has a price',
  too_high: 'is more than a call of this size can cost',
};

function costReplaced(reportedUsd: number, problem: CostProblem): Warning {
  const text = `the provider reported a cost of ${reportedUsd} USD, which ${problemTexts[problem]}: our own count is charged`;
  return warning('cost_replaced', { usd: Number.isFinite(reportedUsd) ? reportedUsd : null, problem }, text);
}

/**
 * Why a reported cost is rejected; null if it is accepted. Our price table also lists a model's free variant
 * at 0.
 */
function costProblem(reportedUsd: number, byPrice: number | null, bound: number): CostProblem | null {
  if (!Number.isFinite(reportedUsd) || reportedUsd < 0) return 'impossible';
  if (reportedUsd === 0 && byPrice !== null && byPrice > 0) return 'zero';
  if (reportedUsd > Math.max(absurdCostUsd, bound * absurdCostFactor)) return 'too_high';
  return null;
}
