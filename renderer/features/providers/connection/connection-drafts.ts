import { create } from 'zustand';
import type { ConnectionValues } from './connection-values.ts';

/** Edits that are not saved, by provider; in memory only, since a header may hold what should not be written down. */
const useDrafts = create<{ byName: ReadonlyMap<string, ConnectionValues> }>(() => ({
  byName: new Map(),
}));

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

/** Whose edits are not saved. */
export function useEdited(): ReadonlyMap<string, ConnectionValues> {
  return useDrafts(({ byName }) => byName);
}
