import { create } from 'zustand';
import { draftSaves } from '../../../state/drafts/draft-saves.ts';
import { sameValue } from '../../../state/drafts/same-value.ts';
import type { ConnectionValues } from './connection-values.ts';

/** Edits that are not saved, by provider; in memory only, since a header may hold what should not be written down. */
const useDrafts = create<{ byName: ReadonlyMap<string, ConnectionValues> }>(() => ({
  byName: new Map(),
}));

export function draftOf(name: string): ConnectionValues | undefined {
  return useDrafts.getState().byName.get(name);
}

/** Stores an edit while another tab or view is open; `null` removes it. */
export function setDraft(name: string, values: ConnectionValues | null): void {
  useDrafts.setState(({ byName }) => {
    const next = new Map(byName);
    if (values) next.set(name, values);
    else next.delete(name);
    return { byName: next };
  });
}

/** The edits of the form, and what a save leaves of them; what was to be removed from the file is gone by then. */
export const connectionDrafts = draftSaves<ConnectionValues>({
  get: draftOf,
  set: setDraft,
  unsavedPart(draft, sent) {
    const rest = { ...draft, forget: draft.forget.filter((path) => !sent.forget.includes(path)) };
    return sameValue(rest, { ...sent, forget: [] }) ? null : rest;
  },
});

/** By provider, the edits that are not saved. */
export function useEdited(): ReadonlyMap<string, ConnectionValues> {
  return useDrafts(({ byName }) => byName);
}
