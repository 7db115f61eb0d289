import { useMemo } from 'react';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import type { ProviderView } from '../../../../contract/provider.ts';
import { messages } from '../../../messages.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { modelColumns } from './model-columns.tsx';
import { modelRows } from './model-rows.ts';
import { ModelsView } from './models-view.tsx';
import { SyncButtons } from '../sync/sync-buttons.tsx';
import { SyncReview } from '../sync/sync-review.tsx';
import { endSync, useSync } from '../sync/sync-store.ts';

interface ModelsTabProps {
  provider: ProviderView;
  registry: RegistryView;
}

/**
 * The models that the registry lists for a provider, and the comparison with the provider's own list before
 * anything is saved.
 */
export function ModelsTab({ provider, registry }: ModelsTabProps) {
  const rows = useMemo(() => modelRows(registry, [provider]), [registry, provider]);
  const columns = useMemo(() => modelColumns(rows, false), [rows]);
  const sync = useSync((state) => state.byName.get(provider.name));
  if (sync?.phase === 'review') return <SyncReview provider={provider} sync={sync.found} />;
  return (
    <div className="flex h-full min-h-0 flex-col">
      {sync?.phase === 'failed' && (
        <div className="max-h-1/2 max-w-180 shrink-0 overflow-y-auto p-3">
          <ErrorCard error={sync.error} provider={provider.name}>
            <div>
              <Button onClick={() => endSync(provider.name)}>{messages.ui.close}</Button>
            </div>
          </ErrorCard>
        </div>
      )}
      <div className="min-h-0 flex-1">
        <ModelsView label={providersMessages.providers.models} rows={rows} columns={columns}>
          <SyncButtons provider={provider} />
        </ModelsView>
      </div>
    </div>
  );
}
