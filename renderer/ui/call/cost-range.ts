import type { Estimate } from '../../../contract/plan.ts';
import { messages } from '../../messages.ts';
import { formatUsd } from '../format.ts';

/** What a call may cost, in one line. An unknown price is shown as unknown, never as 0. */
export function costRange({ cost }: Estimate): string {
  if (!cost) return messages.call.priceUnknown.toLowerCase();
  if (cost.max === 0) return messages.call.free;
  if (cost.max === null) return `${formatUsd(cost.min)} or more`;
  return cost.min === cost.max ? formatUsd(cost.min) : `${formatUsd(cost.min)} – ${formatUsd(cost.max)}`;
}
