import type { CallRecord } from '../../../../contract/call-log.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { formatUsd } from '../../../ui/format.ts';

/** A gateway that stopped waiting: the model behind it may still have done the work. */
const gatewayGaveUp = new Set([408, 502, 504, 524]);

/** Whether a failed call is known to be free: nothing was sent, or the provider refused it. */
function isUnbilled({ attempts, code, upstream_status: answered }: CallRecord): boolean {
  if (attempts === 0 || code === 'provider_unreachable') return true;
  return answered !== null && answered >= 400 && !gatewayGaveUp.has(answered);
}

/**
 * What a call cost, as text. A failed live call says it too: nothing, or that it is unknown.
 * @param isFree calls to its provider cost nothing, as it runs on the user's own machine
 */
export function callCostText(call: CallRecord, isFree: boolean): string {
  if (call.cost) return formatUsd(call.cost.total);
  if (call.mode !== 'live') return '';
  return isFree || (!call.ok && isUnbilled(call)) ? formatUsd(0) : providersMessages.providers.priceUnknown;
}
