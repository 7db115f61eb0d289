import { create } from 'zustand';
import type { ErrorInfo } from '../../../../contract/errors.ts';
import type { ModelSync } from '../../../../contract/model-sync.ts';
import { request } from '../../../api/client.ts';
import { errorInfoOf } from '../../../api/operation-error.ts';
import { noteRefusedKey } from '../../../api/provider-health.ts';
import { syncRows } from './sync-items.ts';

export type Sync =
  | { phase: 'asking'; since: number; controller: AbortController }
  | { phase: 'review'; found: ModelSync }
  | { phase: 'failed'; error: ErrorInfo };

interface Syncs {
  /** By provider; kept while other tabs and views are open. */
  byName: ReadonlyMap<string, Sync>;
  /** Ids of the ticked differences, by provider. */
  chosen: ReadonlyMap<string, ReadonlySet<string>>;
}

export const useSync = create<Syncs>(() => ({ byName: new Map(), chosen: new Map() }));

function setSync(name: string, sync: Sync | undefined): void {
  useSync.setState(({ byName }) => {
    const next = new Map(byName);
    if (sync) next.set(name, sync);
    else next.delete(name);
    return { byName: next };
  });
}

/** Ticks exactly these differences of a provider. */
export function setChosen(name: string, ids: Iterable<string>): void {
  useSync.setState(({ chosen }) => ({ chosen: new Map(chosen).set(name, new Set(ids)) }));
}

/** Puts a list's differences up for review, all ticked. Without differences there is no review. */
export function noteSync(found: ModelSync): void {
  const rows = syncRows(found);
  setChosen(
    found.provider,
    rows.map(({ id }) => id),
  );
  setSync(found.provider, rows.length ? { phase: 'review', found } : undefined);
}

/** Loads the provider's own list for a review; nothing is saved yet. */
export async function startSync(name: string): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  setSync(name, { phase: 'asking', since: Date.now(), controller });
  try {
    const found = await request('models.sync', { provider: name }, signal);
    if (signal.aborted) return;
    setChosen(
      name,
      syncRows(found).map(({ id }) => id),
    );
    setSync(name, { phase: 'review', found });
  } catch (thrown) {
    if (signal.aborted) return;
    const error = errorInfoOf(thrown);
    setSync(name, { phase: 'failed', error });
    noteRefusedKey(name, error);
  }
}

/** Ends the review: cancels the request, or discards its result. */
export function endSync(name: string): void {
  const sync = useSync.getState().byName.get(name);
  if (sync?.phase === 'asking') sync.controller.abort();
  setSync(name, undefined);
}
