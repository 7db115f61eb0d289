import { useEffect } from 'react';
import type { PanelSettings } from '../../../../contract/settings.ts';
import { request } from '../../../api/client.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { debounce } from '../../../state/drafts/debounce.ts';
import { useDrafts } from './drafts.ts';
import { readSavedDrafts } from './pack-draft.ts';

let started = false;

function save(): void {
  const { byModule, values } = useDrafts.getState();
  // A failure is reported elsewhere (the server is gone); the draft stays in memory and goes with the next save.
  void request('settings.update', { drafts: { packs: { byModule, values } } }).catch(() => undefined);
}

/** Brings the drafts of the last start back, then saves them after every pause. Only the first call counts. */
function restoreAndKeep(settings: PanelSettings): void {
  if (started) return;
  started = true;
  const saved = readSavedDrafts(settings.drafts.packs);
  useDrafts.setState((now) => ({
    byModule: { ...saved.byModule, ...now.byModule },
    values: { ...saved.values, ...now.values },
    restored: true,
  }));
  useDrafts.subscribe(debounce(save));
}

/** Whether the drafts of the last start are in, or are known not to come. */
export function useRestoredDrafts(): boolean {
  const { data: settings, isError } = useOperation('settings.get', {});
  useEffect(() => {
    if (settings) restoreAndKeep(settings);
    else if (isError) useDrafts.setState({ restored: true });
  }, [settings, isError]);
  return useDrafts(({ restored }) => restored);
}
