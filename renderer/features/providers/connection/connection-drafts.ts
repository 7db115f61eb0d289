import { draftStore } from '../../../state/drafts/draft-store.ts';
import { sameValue } from '../../../state/drafts/same-value.ts';
import type { ConnectionValues } from './connection-values.ts';

/**
 * Edits that are not saved, by provider; in memory only, since a header may hold what should not be written down. What
 * was to be removed from the file is gone after a save.
 */
export const connectionDrafts = draftStore<ConnectionValues>((draft, sent) => {
  const rest = { ...draft, forget: draft.forget.filter((path) => !sent.forget.includes(path)) };
  return sameValue(rest, { ...sent, forget: [] }) ? null : rest;
});
