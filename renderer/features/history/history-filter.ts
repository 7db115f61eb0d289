import { create } from 'zustand';
import type { CallQuery } from '../../../contract/call-log.ts';

/** What is to be listed; an empty text or `all` filters nothing. */
export interface HistoryFilter {
  text: string;
  mode: 'all' | NonNullable<CallQuery['mode']>;
  result: 'all' | 'ok' | 'failed';
  module: string;
  provider: string;
  model: string;
  /** `YYYY-MM-DD`, UTC, as the log counts days. */
  day: string;
}

/** A filter as the log takes it. */
export type LogQuery = Omit<CallQuery, 'limit' | 'before' | 'status'>;

export const noFilter: HistoryFilter = {
  text: '',
  mode: 'all',
  result: 'all',
  module: '',
  provider: '',
  model: '',
  day: '',
};

/** Kept while the window is open, so that the place looks as it was left. */
export const useFilter = create<HistoryFilter>(() => noFilter);

export function setFilter(change: Partial<HistoryFilter>): void {
  useFilter.setState(change);
}

export function clearFilter(): void {
  useFilter.setState(noFilter);
}

const maxTextLength = 200;

/** The filter without what filters nothing: the log refuses an empty text. */
export function queryOf({ text, mode, result, module, provider, model, day }: HistoryFilter): LogQuery {
  const words = text.trim().slice(0, maxTextLength);
  return {
    ...(words && { text: words }),
    ...(mode !== 'all' && { mode }),
    ...(result !== 'all' && { ok: result === 'ok' }),
    ...(module && { module }),
    ...(provider && { provider }),
    ...(model.trim() && { model: model.trim() }),
    ...(/^\d{4}-\d{2}-\d{2}$/.test(day) && { day }),
  };
}

export function isFiltered(filter: HistoryFilter): boolean {
  return Object.keys(queryOf(filter)).length > 0;
}
