import { useMemo } from 'react';
import type { RegistryView } from '../../../contract/operations/registry.ts';
import type { ProviderView } from '../../../contract/provider.ts';
import { messages } from '../../messages.ts';
import { ownColumns } from './model-columns.tsx';
import { modelRows } from './model-rows.ts';
import { ModelsView } from './models-view.tsx';
import { SyncButtons } from './sync-buttons.tsx';
import { SyncReview } from './sync-review.tsx';
import { useSync } from './sync-store.ts';

interface ModelsTabProps {
  provider: ProviderView;
  registry: RegistryView;
}

/** The models that a provider lists, and its own list held against them before anything is kept. */
export function ModelsTab({ provider, registry }: ModelsTabProps) {
  const rows = useMemo(() => modelRows(registry, [provider]), [registry, provider]);
  const sync = useSync((state) => state.byName.get(provider.name));
  if (sync?.phase === 'review') return <SyncReview provider={provider} sync={sync.found} />;
  return (
    <ModelsView label={messages.providers.models} rows={rows} columns={ownColumns}>
      <SyncButtons provider={provider} />
    </ModelsView>
  );
}
