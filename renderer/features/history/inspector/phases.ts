import type { CallRecord } from '../../../../contract/call-log.ts';

export interface Phase {
  name: 'ours' | 'waiting' | 'receiving' | 'provider';
  ms: number;
}

/**
 * A call's time in phases that add up: the panel's own, then the provider's, split at the first token of a
 * stream.
 */
export function phasesOf({
  total_ms: total,
  upstream_ms: upstream,
  first_token_ms: first,
}: CallRecord['timing']): Phase[] {
  if (upstream === null) return [{ name: 'ours', ms: total }];
  const ours: Phase = { name: 'ours', ms: Math.max(0, total - upstream) };
  if (first === null || first > upstream) return [ours, { name: 'provider', ms: upstream }];
  return [ours, { name: 'waiting', ms: first }, { name: 'receiving', ms: upstream - first }];
}
