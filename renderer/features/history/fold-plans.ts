import type { CallRecord } from '../../../contract/call-log.ts';

/** A call, with the plans that were made of it before it was sent. */
export interface ListedCall extends CallRecord {
  plans?: readonly CallRecord[];
}

/** A plan belongs to the first live call with the same bytes that follows within this time. */
const foldMs = 10 * 60_000;

/**
 * Returns each live call with its plans as one row. A plan without a call has its own row. Rows without plans
 * keep their object identity, so that a table does not render them again.
 */
export function foldPlans(
  calls: readonly CallRecord[],
  folded: Map<string, ListedCall> = new Map(),
): readonly ListedCall[] {
  const planned = new Set(calls.flatMap(({ mode, sha256 }) => (mode === 'dry' && sha256 ? [sha256] : [])));
  if (planned.size === 0) return calls;
  const liveByRequest = new Map<string, CallRecord[]>();
  for (const call of calls) {
    if (call.mode !== 'live' || call.sha256 === null || !planned.has(call.sha256)) continue;
    const same = liveByRequest.get(requestOf(call));
    if (same) same.push(call);
    else liveByRequest.set(requestOf(call), [call]);
  }
  if (liveByRequest.size === 0) return calls;
  // The same request may have been made thousands of times.
  for (const same of liveByRequest.values()) same.sort((a, b) => (a.id < b.id ? -1 : 1));
  const plans = new Map<string, CallRecord[]>();
  const taken = new Set<string>();
  for (const plan of calls) {
    const followers =
      plan.mode === 'dry' && plan.sha256 !== null ? liveByRequest.get(requestOf(plan)) : undefined;
    const first = followers && firstAfter(plan, followers);
    if (!first) continue;
    const own = plans.get(first.id);
    if (own) own.push(plan);
    else plans.set(first.id, [plan]);
    taken.add(plan.id);
  }
  if (taken.size === 0) return calls;
  const rows: ListedCall[] = [];
  for (const call of calls) {
    if (taken.has(call.id)) continue;
    const own = plans.get(call.id);
    rows.push(own ? foldedRow(call, own, folded) : call);
  }
  return rows;
}

/** Identifies requests with the same bytes, for the same model and module. */
const requestOf = ({ sha256, provider, model, module }: CallRecord) =>
  `${sha256} ${provider} ${model} ${module}`;

/** The earliest of these calls that was made after the plan, and within `foldMs`. */
function firstAfter(plan: CallRecord, calls: readonly CallRecord[]): CallRecord | undefined {
  let [low, high] = [0, calls.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((calls[middle] as CallRecord).id > plan.id) high = middle;
    else low = middle + 1;
  }
  const first = calls[low];
  return first && Date.parse(first.at) - Date.parse(plan.at) <= foldMs ? first : undefined;
}

function foldedRow(
  call: CallRecord,
  plans: readonly CallRecord[],
  folded: Map<string, ListedCall>,
): ListedCall {
  const before = folded.get(call.id);
  if (before?.plans?.length === plans.length) return before;
  const row: ListedCall = { ...call, plans };
  folded.set(call.id, row);
  return row;
}
