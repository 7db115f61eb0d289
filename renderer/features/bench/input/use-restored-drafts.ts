import { useEffect } from 'react';
import { knownAnswer } from '../../../api/query-client.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { goOnWithoutDrafts, restoreAndKeepDrafts } from './drafts-autosave.ts';
import { useDrafts } from './drafts.ts';

/** Before the page is first drawn: with what has been answered by then it is drawn with its drafts, not twice. */
export function restoreKnownDrafts(): void {
  const settings = knownAnswer('settings.get');
  if (settings) restoreAndKeepDrafts(settings, knownAnswer('registry.get'));
}

/** Whether the drafts of the last start are there, or are known not to come. */
export function useRestoredDrafts(): boolean {
  const settings = useOperation('settings.get', {});
  const registry = useOperation('registry.get', {});
  const settled = !settings.isPending && !registry.isPending;
  useEffect(() => {
    if (!settled) return;
    if (settings.data) restoreAndKeepDrafts(settings.data, registry.data);
    else goOnWithoutDrafts();
  }, [settled, settings.data, registry.data]);
  return useDrafts(({ restored }) => restored);
}
