import { useEffect, useState } from 'react';
import { useOperation } from '../../api/use-operation.ts';
import { restoreAndKeepDrafts } from './drafts-autosave.ts';

/** Whether the drafts of the last start are there, or are known not to come. */
export function useRestoredDrafts(): boolean {
  const settings = useOperation('settings.get', {});
  const registry = useOperation('registry.get', {});
  const [restored, setRestored] = useState(false);
  const settled = !settings.isPending && !registry.isPending;
  useEffect(() => {
    if (!settled) return;
    if (settings.data) restoreAndKeepDrafts(settings.data, registry.data);
    setRestored(true);
  }, [settled, settings.data, registry.data]);
  return restored;
}
