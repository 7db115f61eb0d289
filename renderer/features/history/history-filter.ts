import { create } from 'zustand';
import type { CallQuery } from '../../../contract/call-log.ts';

/** What to list; an empty text or `all` filters nothing. */
export interface HistoryFilter {
  text: string;
  mode: 'all' | NonNullable<CallQuery['mode']>;
  result: 'all' | 'ok' | 'failed';
  module: string;
  provider: string;
  model: string;
  /** `YYYY-MM-DD`, UTC, as the log counts days; both days are included. */
  since: string;
  until: string;
}

/** An order other than newest first. */
export interface HistoryOrder {
  by: NonNullable<CallQuery['sort']> | null;
  desc: boolean;
}

/** A filter as the log takes it. */
export type LogQuery = Omit<CallQuery, 'limit' | 'before' | 'offset' | 'status' | 'day'>;

export const noFilter: HistoryFilter = {
  text: '',
  mode: 'all',
  result: 'all',
  module: '',
  provider: '',
  model: '',
  since: '',
  until: '',
};

/** Kept while the window is open, so that the view looks as it was left. */
export const useFilter = create<HistoryFilter>(() => noFilter);

export function setFilter(change: Partial<HistoryFilter>): void {
  useFilter.setState(change);
}

export function clearFilter(): void {
  useFilter.setState(noFilter);
}

export const newestFirst: HistoryOrder = { by: null, desc: true };
export const useOrder = create<HistoryOrder>(() => newestFirst);

type Sort = NonNullable<CallQuery['sort']>;

// Repeated here: importing the contract's list would add its schemas to the first script.
const sorts: Record<Sort, true> = {
  status: true,
  mode: true,
  module: true,
  model: true,
  provider: true,
  cost: true,
  latency: true,
  tokens: true,
  first_token: true,
};
const isSort = (column: string): column is Sort => Object.hasOwn(sorts, column);

const textFirst: ReadonlySet<string> = new Set(['mode', 'module', 'model', 'provider', 'status']);

/** The order after a click on a column's header: its natural order, then the reverse, then newest first again. */
export function nextOrder({ by, desc }: HistoryOrder, column: string): HistoryOrder {
  if (!isSort(column)) return newestFirst;
  const first = !textFirst.has(column);
  if (by !== column) return { by: column, desc: first };
  return desc === first ? { by: column, desc: !first } : newestFirst;
}

/** The order as the log takes it. */
export function orderQuery({ by, desc }: HistoryOrder): Pick<LogQuery, 'sort' | 'order'> {
  return by === null ? {} : { sort: by, order: desc ? 'desc' : 'asc' };
}

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text);
const maxTextLength = 200;

/** The filter without empty fields: the log rejects an empty text. */
export function queryOf({
  text,
  mode,
  result,
  module,
  provider,
  model,
  since,
  until,
}: HistoryFilter): LogQuery {
  const search = text.trim().slice(0, maxTextLength);
  return {
    ...(search && { text: search }),
    ...(mode !== 'all' && { mode }),
    ...(result !== 'all' && { ok: result === 'ok' }),
    ...(module && { module }),
    ...(provider && { provider }),
    ...(model.trim() && { model: model.trim() }),
    ...(isDay(since) && { since }),
    ...(isDay(until) && { until }),
  };
}

export function isFiltered(filter: HistoryFilter): boolean {
  return Object.keys(queryOf(filter)).length > 0;
}
