import { useEffect } from 'react';
import { useOperation } from '../../../api/use-operation.ts';
import { goOnWithoutDrafts, restoreAndKeepDrafts } from './drafts-autosave.ts';
import { useDrafts } from './drafts.ts';

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
