import type { CallPage, CallRecord } from '../../../contract/call-log.ts';
import { foldPlans } from './fold-plans.ts';

/** A row of the list: a call, and the plans that were folded into it. Its record is kept only near the visible rows. */
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
  /** The oldest listed calls: plans of the next older page may belong to them. */
  oldest: readonly CallRecord[];
}

export type Records = ReadonlyMap<string, CallRecord>;

export const noRows: LogRows = { rows: [], next: null, waiting: [], gap: false, read: false, oldest: [] };

const noPlans: readonly string[] = [];
const oldestKept = 400;
/** The most records that are kept; the log may have a hundred thousand. */
const maxRecords = 1500;

const rowOf = ({ id }: CallRecord): LogRow => ({ id, plans: noPlans });

/** The list when it starts with this page. */
function listOf({ calls, next }: CallPage): LogRows {
  return { ...noRows, rows: foldPlans(calls.map(rowOf), calls), next, read: true, oldest: calls };
}

/** Ids sort by time; calls of another computer may arrive between older ones. */
function newestFirst(rows: readonly LogRow[]): LogRow[] {
  return rows.toSorted((a, b) => (a.id < b.id ? 1 : -1));
}

/** The ids of the rows that are not older than `id`, with those of their plans. */
function idsSince(rows: readonly LogRow[], id: string): string[] {
  const end = rows.findIndex((row) => row.id < id);
  return rows.slice(0, end < 0 ? rows.length : end).flatMap((row) => [row.id, ...row.plans]);
}

/** Adds the newest page. With `atStart` the first row is visible, so new calls may move the list. */
export function withNewestPage(log: LogRows, head: CallPage, atStart: boolean): LogRows {
  if (!log.read || (log.rows.length === 0 && log.waiting.length === 0)) return listOf(head);
  const last = head.calls.at(-1)?.id ?? '';
  const known = new Set([...idsSince(log.waiting, last), ...idsSince(log.rows, last)]);
  const added = head.calls.filter(({ id }) => !known.has(id));
  if (added.length === 0) return atStart ? withWaiting(log, head) : log;
  const gap = log.gap || (added.length === head.calls.length && head.next !== null);
  const waiting = gap ? head.calls.map(rowOf) : newestFirst([...added.map(rowOf), ...log.waiting]);
  const next = { ...log, waiting: foldPlans(waiting, head.calls), gap };
  return atStart ? withWaiting(next, head) : next;
}

/** Lists the waiting calls. If there is a gap, the list starts again from the newest page. */
export function withWaiting(log: LogRows, head: CallPage): LogRows {
  if (log.waiting.length === 0) return log;
  if (log.gap) return listOf(head);
  const rows = newestFirst([...log.waiting, ...log.rows]);
  return { ...log, rows: foldPlans(rows, head.calls), waiting: [] };
}

/** Removes the deleted calls. */
export function withoutCalls(log: LogRows, ids: ReadonlySet<string>): LogRows {
  const isListed = ({ id }: { id: string }) => !ids.has(id);
  return {
    ...log,
    rows: log.rows.filter(isListed),
    waiting: log.waiting.filter(isListed),
    oldest: log.oldest.filter(isListed),
  };
}

/**
 * Adds a page of a sorted list, which does not follow new calls and folds no plans: a call and its plans are
 * far apart. `full`: there may be further pages.
 */
export function withSortedPage(log: LogRows, calls: readonly CallRecord[], full: boolean): LogRows {
  const known = new Set(log.rows.map(({ id }) => id));
  const rows = [...log.rows, ...calls.filter(({ id }) => !known.has(id)).map(rowOf)];
  return { ...noRows, rows, next: full ? (rows.at(-1)?.id ?? null) : null, read: true };
}

/** Adds an older page at the end. */
export function withOlderPage(log: LogRows, { calls, next }: CallPage): LogRows {
  const last = log.oldest.at(-1)?.id;
  const older = last === undefined ? calls : calls.filter(({ id }) => id < last);
  const oldest = [...log.oldest, ...older].slice(-oldestKept);
  const kept = log.rows.length - Math.min(log.rows.length, oldestKept);
  const end = foldPlans([...log.rows.slice(kept), ...older.map(rowOf)], oldest);
  return { ...log, rows: [...log.rows.slice(0, kept), ...end], next, oldest };
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
