import { create } from 'zustand';
import type { OperationInput } from '../../../../contract/operations/table.ts';

export type UnitQuery = Omit<OperationInput<'translate.index'>, 'project'>;

/** The filters of the review of a project. */
export interface ReviewFilter {
  /** `state:flagged`, `problem:code`, `stale`, `gone`; empty for all. */
  show: string;
  /** Empty for any speaker; otherwise `=` and a name, where an empty name means lines without a speaker. */
  speaker: string;
  file: string;
  text: string;
}

export const noFilter: ReviewFilter = { show: '', speaker: '', file: '', text: '' };

/** By project. Kept while the window is open, so that the list looks as it was left. */
const useFilters = create<Record<string, ReviewFilter>>(() => ({}));

export function useFilter(project: string): ReviewFilter {
  return useFilters((filters) => filters[project] ?? noFilter);
}

export function setFilter(project: string, change: Partial<ReviewFilter>): void {
  useFilters.setState((filters) => ({ [project]: { ...(filters[project] ?? noFilter), ...change } }));
}

export function clearFilter(project: string): void {
  useFilters.setState({ [project]: noFilter });
}

/** Shows only the units of a state, and clears all other filters. */
export function showOnly(project: string, state: string | null): void {
  useFilters.setState({ [project]: { ...noFilter, show: state === null ? '' : `state:${state}` } });
}

/** The filter as the operations take it. */
export function queryOf({ show, speaker, file, text }: ReviewFilter): UnitQuery {
  const [kind, value = ''] = show.split(':');
  const searched = text.trim().slice(0, 500);
  return {
    ...(kind === 'state' && { state: [value as 'new'] }),
    ...(kind === 'problem' && { problem: value }),
    ...(kind === 'stale' && { stale: true }),
    ...(kind === 'gone' && { gone: true }),
    ...(speaker !== '' && { speaker: speaker.slice(1) }),
    ...(file !== '' && { file }),
    ...(searched !== '' && { text: searched }),
  };
}

export function isFiltered(filter: ReviewFilter): boolean {
  return Object.keys(queryOf(filter)).length > 0;
}
