import { create } from 'zustand';

interface Review {
  /** By project: the ordinal of the unit that is selected. */
  selected: Record<string, number>;
  /** Id of the unit that is selected, once it is there; with its project. */
  unit: { project: string; id: string } | null;
  /** Ordinal of the unit that is edited. */
  editing: number | null;
  /** A group that was sent, for the inspector of the runs. */
  group: string | null;
}

/** What the person is at. Kept while the window is open. */
export const useReview = create<Review>(() => ({ selected: {}, unit: null, editing: null, group: null }));

export function select(project: string, ordinal: number): void {
  useReview.setState(({ selected }) => ({ selected: { ...selected, [project]: ordinal }, editing: null }));
}

export function edit(ordinal: number | null): void {
  useReview.setState({ editing: ordinal });
}

export function pickGroup(group: string | null): void {
  useReview.setState({ group });
}
