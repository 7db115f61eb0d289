import type { CallRecord } from '../../../contract/call-log.ts';
import type { LogRow } from './log-rows.ts';

/** A plan belongs to the first live call with the same bytes that follows within this time. */
const foldMs = 10 * 60_000;

/**
 * Removes the rows of plans whose call is listed, and notes each plan in the row of its call. Unchanged rows
 * keep their object identity, so that a table does not render them again.
 * @param calls the records in which plans and their calls are looked for
 */
export function foldPlans(rows: readonly LogRow[], calls: readonly CallRecord[]): readonly LogRow[] {
  const plansByCall = findPlans(calls);
  if (plansByCall.size === 0) return rows;
  const folded = new Set([...plansByCall.values()].flat());
  const left: LogRow[] = [];
  for (const row of rows) {
    if (folded.has(row.id)) continue;
    const added = (plansByCall.get(row.id) ?? []).filter((plan) => !row.plans.includes(plan));
    left.push(added.length === 0 ? row : { id: row.id, plans: [...row.plans, ...added] });
  }
  return left;
}

/** The ids of the plans of each live call, by the call's id. */
function findPlans(calls: readonly CallRecord[]): ReadonlyMap<string, string[]> {
  const planned = new Set(calls.flatMap(({ mode, sha256 }) => (mode === 'dry' && sha256 ? [sha256] : [])));
  const liveByRequest = new Map<string, CallRecord[]>();
  for (const call of calls) {
    if (call.mode !== 'live' || call.sha256 === null || !planned.has(call.sha256)) continue;
    const same = liveByRequest.get(requestOf(call));
    if (same) same.push(call);
    else liveByRequest.set(requestOf(call), [call]);
  }
  // The same request may have been made many times.
  for (const same of liveByRequest.values()) same.sort((a, b) => (a.id < b.id ? -1 : 1));
  const plans = new Map<string, string[]>();
  for (const plan of calls) {
    const followers =
      plan.mode === 'dry' && plan.sha256 !== null ? liveByRequest.get(requestOf(plan)) : undefined;
    const first = followers && firstAfter(plan, followers);
    if (first) plans.set(first.id, [...(plans.get(first.id) ?? []), plan.id]);
  }
  return plans;
}

/** Identifies requests with the same bytes, for the same model and module. */
const requestOf = ({ sha256, provider, model, module }: CallRecord) =>
  `${sha256} ${provider} ${model} ${module}`;

/** The earliest of these calls, oldest first, that was made after the plan, if within `foldMs`. */
function firstAfter(plan: CallRecord, calls: readonly CallRecord[]): CallRecord | undefined {
  const first = calls.find(({ id }) => id > plan.id);
  return first && Date.parse(first.at) - Date.parse(plan.at) <= foldMs ? first : undefined;
}
