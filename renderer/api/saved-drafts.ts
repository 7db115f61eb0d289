import { useEffect } from 'react';
import { createStore, useStore, type StoreApi } from 'zustand';
import type { PanelSettings } from '../../contract/settings.ts';
import { debounce } from '../state/drafts/debounce.ts';
import { request } from './client.ts';
import { useOperation } from './use-operation.ts';

interface SavedDraftsParts<Context extends unknown[]> {
  stores: readonly { subscribe(listener: () => void): unknown }[];
  /** Loads drafts from the settings into the stores; text typed meanwhile takes precedence. */
  restore: (drafts: PanelSettings['drafts'], ...context: Context) => void;
  /** The current drafts, under their name in the settings. */
  current: () => Record<string, unknown>;
}

export interface SavedDrafts<Context extends unknown[]> {
  /** Only the first call has an effect. */
  begin: (settings: PanelSettings, ...context: Context) => void;
  /** For settings that cannot be read now: drafts stay in memory until they can. */
  goOnWithout: () => void;
  state: StoreApi<{ restored: boolean }>;
}

/** Drafts that survive restarts: loaded from the settings once, then saved after every pause in typing. */
export function savedDrafts<Context extends unknown[] = []>(
  parts: SavedDraftsParts<Context>,
): SavedDrafts<Context> {
  const state = createStore(() => ({ restored: false }));
  let begun = false;
  const save = () => {
    // A failure is shown elsewhere (the server is gone); the draft stays in memory until the next save.
    void request('settings.update', { drafts: parts.current() }).catch(() => undefined);
  };
  return {
    begin(settings, ...context) {
      if (begun) return;
      begun = true;
      parts.restore(settings.drafts, ...context);
      state.setState({ restored: true });
      const saveSoon = debounce(save);
      for (const store of parts.stores) store.subscribe(saveSoon);
    },
    goOnWithout() {
      state.setState({ restored: true });
    },
    state,
  };
}

/** Whether the drafts of the last session are loaded, or known to be unavailable. */
export function useAreRestored({ state }: Pick<SavedDrafts<never>, 'state'>): boolean {
  return useStore(state, ({ restored }) => restored);
}

/** Loads drafts that need only the settings. True once they are loaded, or known to be unavailable. */
export function useSavedDrafts(drafts: SavedDrafts<[]>): boolean {
  const { data: settings, isError } = useOperation('settings.get', {});
  useEffect(() => {
    if (settings) drafts.begin(settings);
    else if (isError) drafts.goOnWithout();
  }, [drafts, settings, isError]);
  return useAreRestored(drafts);
}
