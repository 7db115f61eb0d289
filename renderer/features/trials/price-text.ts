import type { TrialPlan } from '../../../contract/trials.ts';
import { trialsMessages } from '../../messages/trials-messages.ts';
import { formatUsd } from '../../ui/format.ts';

/** The price of a plan as text. */
export function priceText(cost: TrialPlan['cost']): string {
  const t = trialsMessages.trials;
  if (!cost) return t.unknownPrice;
  if (cost.max === 0) return t.free;
  return t.aboutUsd(formatUsd(cost.expected), cost.max === null ? null : formatUsd(cost.max));
}
