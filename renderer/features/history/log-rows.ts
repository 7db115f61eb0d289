import type { CallPage, CallRecord } from '../../../contract/call-log.ts';

/** The listed calls, newest first, and those that arrived while the user was reading further down. */
export interface LogRows {
  rows: readonly CallRecord[];
  /** The cursor of the next older page; null at the end of the log. */
  next: string | null;
  waiting: readonly CallRecord[];
  /** Calls are missing between the waiting and the listed ones. */
  gap: boolean;
  /** False until the first page has loaded. */
  read: boolean;
}

export const noRows: LogRows = { rows: [], next: null, waiting: [], gap: false, read: false };

/** Ids sort by time; calls of another computer may arrive between older ones. */
function newestFirst(calls: readonly CallRecord[]): CallRecord[] {
  return calls.toSorted((a, b) => (a.id < b.id ? 1 : -1));
}

/** Adds the newest page. With `atStart` the first row is visible, so new calls may move the list. */
export function withNewestPage(log: LogRows, head: CallPage, atStart: boolean): LogRows {
  const fresh: LogRows = { ...noRows, rows: head.calls, next: head.next, read: true };
  if (!log.read || (log.rows.length === 0 && log.waiting.length === 0)) return fresh;
  const known = new Set([...log.waiting, ...log.rows].map(({ id }) => id));
  const added = head.calls.filter(({ id }) => !known.has(id));
  if (added.length === 0) return atStart ? withWaiting(log, head) : log;
  const gap = log.gap || (added.length === head.calls.length && head.next !== null);
  const next = { ...log, waiting: gap ? head.calls : newestFirst([...added, ...log.waiting]), gap };
  return atStart ? withWaiting(next, head) : next;
}

/** Lists the waiting calls. If there is a gap, the list starts again from the newest page. */
export function withWaiting(log: LogRows, head: CallPage): LogRows {
  if (log.waiting.length === 0) return log;
  if (log.gap) return { ...noRows, rows: head.calls, next: head.next, read: true };
  return { ...log, rows: newestFirst([...log.waiting, ...log.rows]), waiting: [] };
}

/** Removes the deleted calls. */
export function withoutCalls(log: LogRows, ids: ReadonlySet<string>): LogRows {
  const isListed = ({ id }: CallRecord) => !ids.has(id);
  return { ...log, rows: log.rows.filter(isListed), waiting: log.waiting.filter(isListed) };
}

/** Adds a page of a sorted list, which does not follow new calls. `full`: there may be further pages. */
export function withSortedPage(log: LogRows, calls: readonly CallRecord[], full: boolean): LogRows {
  const known = new Set(log.rows.map(({ id }) => id));
  const rows = [...log.rows, ...calls.filter(({ id }) => !known.has(id))];
  return { ...noRows, rows, next: full ? (rows.at(-1)?.id ?? null) : null, read: true };
}

/** Adds an older page at the end. */
export function withOlderPage(log: LogRows, page: CallPage): LogRows {
  const last = log.rows.at(-1)?.id;
  const older = last === undefined ? page.calls : page.calls.filter(({ id }) => id < last);
  return { ...log, rows: [...log.rows, ...older], next: page.next };
}
