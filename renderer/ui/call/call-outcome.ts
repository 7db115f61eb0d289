import type { CallRecord } from '../../../contract/call-log.ts';
import { gatewayGaveUp } from '../../../contract/gateway-statuses.ts';
import { historyMessages } from '../../messages/history-messages.ts';
import { providersMessages } from '../../messages/providers-messages.ts';
import { formatUsd } from '../format.ts';

/**
 * Whether a failed call is known to be free: nothing was sent, or its only attempt was refused. An earlier attempt
 * may have been billed.
 */
function isUnbilled({ attempts, code, upstream_status: answered }: CallRecord): boolean {
  if (attempts === 0) return true;
  if (attempts > 1) return false;
  return (
    code === 'provider_unreachable' || (answered !== null && answered >= 400 && !gatewayGaveUp.has(answered))
  );
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

/** Why a call failed, in a word or two. */
export function failureWord(code: string | null): string {
  const t: Partial<Record<string, string>> = historyMessages.history.codes;
  return t[code ?? ''] ?? code ?? '';
}
