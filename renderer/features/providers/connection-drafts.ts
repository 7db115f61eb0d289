import { create } from 'zustand';
import type { ConnectionValues } from './connection-values.ts';

/** Edits that are not saved, by provider; in memory only, since a header may hold what should not be written down. */
const useDrafts = create<{
  byName: ReadonlyMap<string, ConnectionValues>;
  leaving: string | null;
}>(() => ({ byName: new Map(), leaving: null }));

export function draftOf(name: string): ConnectionValues | undefined {
  return useDrafts.getState().byName.get(name);
}

/** Keeps an edit while another tab or place is looked at; undefined puts it away. */
export function keepDraft(name: string, values: ConnectionValues | undefined): void {
  useDrafts.setState(({ byName }) => {
    const next = new Map(byName);
    if (values) next.set(name, values);
    else next.delete(name);
    return { byName: next };
  });
}

/** Whether a provider has an edit that is not saved. */
export function useHasDraft(name: string): boolean {
  return useDrafts(({ byName }) => byName.has(name));
}

/** Marks a provider that is being removed: nothing about it is asked for any more. */
export function setLeaving(name: string | null): void {
  useDrafts.setState({ leaving: name });
}

export function useIsLeaving(name: string): boolean {
  return useDrafts(({ leaving }) => leaving === name);
}
