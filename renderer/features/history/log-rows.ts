import type { CallPage, CallRecord } from '../../../contract/call-log.ts';

/** The calls that are listed, newest first, and those that came while somebody was reading further down. */
export interface LogRows {
  rows: readonly CallRecord[];
  /** Where the next older page begins; null at the end of the log. */
  next: string | null;
  waiting: readonly CallRecord[];
  /** There are calls between those that wait and those that are listed. */
  gap: boolean;
  /** False until the first page is there. */
  read: boolean;
}

export const noRows: LogRows = { rows: [], next: null, waiting: [], gap: false, read: false };

/** Ids sort by time; calls of another computer may arrive among older ones. */
function newestFirst(calls: readonly CallRecord[]): CallRecord[] {
  return calls.toSorted((a, b) => (a.id < b.id ? 1 : -1));
}

/** What the newest page adds. `atStart`: the first row is in sight, so new ones may move the list. */
export function withHead(log: LogRows, head: CallPage, atStart: boolean): LogRows {
  const fresh: LogRows = { ...noRows, rows: head.calls, next: head.next, read: true };
  if (!log.read || (log.rows.length === 0 && log.waiting.length === 0)) return fresh;
  const known = new Set([...log.waiting, ...log.rows].map(({ id }) => id));
  const added = head.calls.filter(({ id }) => !known.has(id));
  if (added.length === 0) return atStart ? shown(log, head) : log;
  const gap = log.gap || (added.length === head.calls.length && head.next !== null);
  const next = { ...log, waiting: gap ? head.calls : newestFirst([...added, ...log.waiting]), gap };
  return atStart ? shown(next, head) : next;
}

/** Lists what waits. Over a gap the list begins anew. */
export function shown(log: LogRows, head: CallPage): LogRows {
  if (log.waiting.length === 0) return log;
  if (log.gap) return { ...noRows, rows: head.calls, next: head.next, read: true };
  return { ...log, rows: newestFirst([...log.waiting, ...log.rows]), waiting: [] };
}

/** The rows without those that were deleted. */
export function withoutCalls(log: LogRows, ids: ReadonlySet<string>): LogRows {
  const keep = ({ id }: CallRecord) => !ids.has(id);
  return { ...log, rows: log.rows.filter(keep), waiting: log.waiting.filter(keep) };
}

/** What a page of a sorted list adds: such a list does not follow new calls. `full`: there may be more. */
export function withSorted(log: LogRows, calls: readonly CallRecord[], full: boolean): LogRows {
  const known = new Set(log.rows.map(({ id }) => id));
  const rows = [...log.rows, ...calls.filter(({ id }) => !known.has(id))];
  return { ...noRows, rows, next: full ? (rows.at(-1)?.id ?? null) : null, read: true };
}

/** What an older page adds at the end. */
export function withOlder(log: LogRows, page: CallPage): LogRows {
  const last = log.rows.at(-1)?.id;
  const older = last === undefined ? page.calls : page.calls.filter(({ id }) => id < last);
  return { ...log, rows: [...log.rows, ...older], next: page.next };
}
