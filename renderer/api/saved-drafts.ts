import { useEffect } from 'react';
import { createStore, useStore, type StoreApi } from 'zustand';
import type { PanelSettings } from '../../contract/settings.ts';
import { debounce } from '../state/drafts/debounce.ts';
import { request } from './client.ts';
import { useOperation } from './use-operation.ts';

interface SavedDraftsParts<Context extends unknown[]> {
  stores: readonly { subscribe(listener: () => void): unknown }[];
  /** Puts what the settings have into the stores; what was typed meanwhile goes first. */
  restore: (drafts: PanelSettings['drafts'], ...context: Context) => void;
  /** The drafts as they are now, under their name in the settings. */
  current: () => Record<string, unknown>;
}

export interface SavedDrafts<Context extends unknown[]> {
  /** Only the first call counts. */
  begin: (settings: PanelSettings, ...context: Context) => void;
  /** The settings cannot be read now: what is typed stays in memory until they can. */
  goOnWithout: () => void;
  state: StoreApi<{ restored: boolean }>;
}

/** Drafts that stay across starts: brought back from the settings once, then saved there after every pause in typing. */
export function savedDrafts<Context extends unknown[] = []>(
  parts: SavedDraftsParts<Context>,
): SavedDrafts<Context> {
  const state = createStore(() => ({ restored: false }));
  let begun = false;
  const save = () => {
    // A failure is reported elsewhere (the server is gone); the draft stays in memory and goes with the next save.
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

/** Whether the drafts of the last start are in, or are known not to come. */
export function useAreRestored({ state }: Pick<SavedDrafts<never>, 'state'>): boolean {
  return useStore(state, ({ restored }) => restored);
}

/** Brings drafts back that need nothing but the settings. True once they are in, or are known not to come. */
export function useSavedDrafts(drafts: SavedDrafts<[]>): boolean {
  const { data: settings, isError } = useOperation('settings.get', {});
  useEffect(() => {
    if (settings) drafts.begin(settings);
    else if (isError) drafts.goOnWithout();
  }, [drafts, settings, isError]);
  return useAreRestored(drafts);
}
