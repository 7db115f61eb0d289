import { draftStore } from '../../../state/drafts/draft-store.ts';
import { sameValue } from '../../../state/drafts/same-value.ts';
import type { ConnectionValues } from './connection-values.ts';

/**
 * Unsaved edits, by provider. In memory only, since a header may hold a secret. After a save, the removals
 * that it made are no longer pending.
 */
export const connectionDrafts = draftStore<ConnectionValues>((draft, sent) => {
  const rest = { ...draft, forget: draft.forget.filter((path) => !sent.forget.includes(path)) };
  return sameValue(rest, { ...sent, forget: [] }) ? null : rest;
});
