import { useEffect } from 'react';
import { useOperation } from '../../../api/use-operation.ts';
import { useDrafts } from './drafts.ts';
import { goOnWithoutDrafts, restoreAndKeepDrafts } from './drafts-autosave.ts';

/** Whether the drafts of the last start are in. */
export function useRestoredDrafts(): boolean {
  const { data: settings, isError } = useOperation('settings.get', {});
  useEffect(() => {
    if (settings) restoreAndKeepDrafts(settings);
    else if (isError) goOnWithoutDrafts();
  }, [settings, isError]);
  return useDrafts(({ restored }) => restored);
}
