import type { TrialPlan } from '../../../contract/trials.ts';
import { trialsMessages } from '../../messages/trials-messages.ts';
import { formatUsd } from '../../ui/format.ts';

/** A plan's price in words. */
export function priceText(cost: TrialPlan['cost']): string {
  const t = trialsMessages.trials;
  if (!cost) return t.unknownPrice;
  if (cost.max === 0) return t.free;
  return t.about_usd(formatUsd(cost.expected), cost.max === null ? null : formatUsd(cost.max));
}

/** An amount that a person wrote: undefined for none, null where it is no amount. */
export function amountIn(text: string): number | undefined | null {
  if (text.trim() === '') return undefined;
  const amount = Number(text.trim().replace(',', '.'));
  return Number.isFinite(amount) && amount >= 0 ? amount : null;
}
