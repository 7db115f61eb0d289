import { create } from 'zustand';

interface Review {
  /** By project: the ordinal of the selected unit. */
  selected: Record<string, number>;
  /** The id of the selected unit once loaded, and its project. */
  unit: { project: string; id: string } | null;
  /** The ordinal of the unit that is being edited. */
  editing: number | null;
  /** The id of the sent group that the inspector shows. */
  group: string | null;
}

/** The user's selection. Kept while the window is open. */
export const useReview = create<Review>(() => ({ selected: {}, unit: null, editing: null, group: null }));

export function select(project: string, ordinal: number): void {
  useReview.setState(({ selected }) => ({ selected: { ...selected, [project]: ordinal }, editing: null }));
}

export function setEditing(ordinal: number | null): void {
  useReview.setState({ editing: ordinal });
}

export function pickGroup(group: string | null): void {
  useReview.setState({ group });
}
