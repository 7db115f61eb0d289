import { messages } from '../../messages.ts';
import { formatUsd } from '../format.ts';

interface Priced {
  /** USD; null if the price is unknown. A `max` of null means that there is no bound. */
  cost: { min: number; max: number | null } | null;
}

/** The cost of a call, on one line. An unknown price is stated, never shown as 0. */
export function costRange({ cost }: Priced): string {
  if (!cost) return messages.call.priceUnknown.toLowerCase();
  if (cost.max === 0) return messages.call.free;
  if (cost.max === null) return messages.call.orMore(formatUsd(cost.min));
  return cost.min === cost.max ? formatUsd(cost.min) : `${formatUsd(cost.min)} – ${formatUsd(cost.max)}`;
}
