import type { CallIndex, CallRecord } from '../../../contract/call-log.ts';

/** A row of the list: a call, and the plans that were made of it. Its record is kept only near the visible rows. */
export interface LogRow {
  readonly id: string;
  /** The ids of the plans that were made of the call before it was sent. */
  readonly plans: readonly string[];
}

/** The listed calls, newest first, and those that arrived while the user was reading further down. */
export interface LogRows {
  rows: readonly LogRow[];
  /** The cursor of the next older page; null at the end of the log. */
  next: string | null;
  waiting: readonly LogRow[];
  /** Calls are missing between the waiting and the listed ones. */
  gap: boolean;
  /** False until the first page has loaded. */
  read: boolean;
}

export type Records = ReadonlyMap<string, CallRecord>;

export const noRows: LogRows = { rows: [], next: null, waiting: [], gap: false, read: false };

const noPlans: readonly string[] = [];
/** The most records that are kept; the log may have a hundred thousand. */
const maxRecords = 1500;

const rowOf = (id: string): LogRow => ({ id, plans: noPlans });

/** The list when it starts with this page. */
function listOf(page: CallIndex): LogRows {
  return { ...noRows, rows: foldPlans(page.ids.map(rowOf), page), next: page.next, read: true };
}

/**
 * Notes the plans of a page in the rows of their calls, and removes the plans' own rows. Unchanged rows keep
 * their object identity, so that a table does not render them again.
 */
function foldPlans(rows: readonly LogRow[], { plans }: CallIndex): readonly LogRow[] {
  const folded = new Set(Object.values(plans).flat());
  if (folded.size === 0) return rows;
  return rows
    .filter(({ id }) => !folded.has(id))
    .map((row) => {
      const added = (plans[row.id] ?? noPlans).filter((plan) => !row.plans.includes(plan));
      return added.length === 0 ? row : { id: row.id, plans: [...row.plans, ...added] };
    });
}

/** Ids sort by time; calls of another computer may arrive between older ones. */
function newestFirst(rows: readonly LogRow[]): LogRow[] {
  return rows.toSorted((a, b) => (a.id < b.id ? 1 : -1));
}

/** The ids of the rows that are not older than `id`. */
function idsSince(rows: readonly LogRow[], id: string): string[] {
  const end = rows.findIndex((row) => row.id < id);
  return rows.slice(0, end < 0 ? rows.length : end).map((row) => row.id);
}

/** Adds the newest page. With `atStart` the first row is visible, so new calls may move the list. */
export function withNewestPage(log: LogRows, head: CallIndex, atStart: boolean): LogRows {
  if (!log.read || (log.rows.length === 0 && log.waiting.length === 0)) return listOf(head);
  const oldest = head.ids.at(-1) ?? '';
  const known = new Set([...idsSince(log.waiting, oldest), ...idsSince(log.rows, oldest)]);
  const added = head.ids.filter((id) => !known.has(id));
  if (added.length === 0) return atStart ? withWaiting(log, head) : log;
  const gap = log.gap || (added.length === head.ids.length && head.next !== null);
  const waiting = gap ? head.ids.map(rowOf) : newestFirst([...added.map(rowOf), ...log.waiting]);
  const next = { ...log, waiting: foldPlans(waiting, head), gap };
  return atStart ? withWaiting(next, head) : next;
}

/** Lists the waiting calls. If there is a gap, the list starts again from the newest page. */
export function withWaiting(log: LogRows, head: CallIndex): LogRows {
  if (log.waiting.length === 0) return log;
  if (log.gap) return listOf(head);
  return { ...log, rows: foldPlans(newestFirst([...log.waiting, ...log.rows]), head), waiting: [] };
}

/** Removes the deleted calls. */
export function withoutCalls(log: LogRows, ids: ReadonlySet<string>): LogRows {
  const isListed = ({ id }: LogRow) => !ids.has(id);
  return { ...log, rows: log.rows.filter(isListed), waiting: log.waiting.filter(isListed) };
}

/** Adds the next page at the end. A list that is sorted by a value may repeat a call, since calls arrive meanwhile. */
export function withNextPage(log: LogRows, page: CallIndex): LogRows {
  const known = new Set(log.rows.map(({ id }) => id));
  const added = page.ids.filter((id) => !known.has(id)).map(rowOf);
  return { ...log, rows: foldPlans([...log.rows, ...added], page), next: page.next };
}

/** These records, with further ones. Above `maxRecords`, those that were added first are dropped. */
export function withRecords(records: Records, calls: readonly CallRecord[]): Records {
  const next = new Map(records);
  for (const call of calls) {
    next.delete(call.id);
    next.set(call.id, call);
  }
  for (const id of next.keys()) {
    if (next.size <= maxRecords) break;
    next.delete(id);
  }
  return next;
}
