import type { CallRecord } from '../../../contract/call-log.ts';

/** A call, with the plans of it that were made before it was sent. */
export interface ListedCall extends CallRecord {
  plans?: readonly CallRecord[];
}

/** A plan belongs to the first live call of the same bytes that follows within this time. */
const foldMs = 10 * 60_000;

/**
 * Each live call with its plans as one row; a plan that nothing followed is a row of its own. Rows without plans are
 * the same objects as before, so that a table does not draw them again.
 */
export function foldPlans(
  calls: readonly CallRecord[],
  folded: Map<string, ListedCall> = new Map(),
): readonly ListedCall[] {
  const lives = new Map<string, CallRecord[]>();
  for (const call of calls)
    if (call.mode === 'live' && call.sha256 !== null)
      lives.set(call.sha256, [...(lives.get(call.sha256) ?? []), call]);
  if (lives.size === 0) return calls;
  const plans = new Map<string, CallRecord[]>();
  const taken = new Set<string>();
  for (const plan of calls) {
    if (plan.mode !== 'dry' || plan.sha256 === null) continue;
    const followers = (lives.get(plan.sha256) ?? []).filter(
      (live) => live.id > plan.id && Date.parse(live.at) - Date.parse(plan.at) <= foldMs,
    );
    const first = followers.toSorted((a, b) => (a.id < b.id ? -1 : 1))[0];
    if (!first) continue;
    plans.set(first.id, [...(plans.get(first.id) ?? []), plan]);
    taken.add(plan.id);
  }
  if (taken.size === 0) return calls;
  return calls
    .filter(({ id }) => !taken.has(id))
    .map((call) => {
      const own = plans.get(call.id);
      if (!own) return call;
      const before = folded.get(call.id);
      if (before?.plans?.length === own.length) return before;
      const row: ListedCall = { ...call, plans: own };
      folded.set(call.id, row);
      return row;
    });
}
