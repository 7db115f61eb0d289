import { PlugZap } from 'lucide-react';
import type { RegistryView } from '../../../contract/operations/registry.ts';
import { useOperation } from '../../api/use-operation.ts';
import { messages } from '../../messages.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { QueryFailure } from '../../ui/query-failure.tsx';
import { AdapterDetail } from './adapter-detail.tsx';
import { ProviderDetail } from './provider-detail.tsx';
import { RegisterForm } from './register-form.tsx';
import { RegistryNotices } from './registry-notices.tsx';
import { RemovedAdapter } from './removed-adapter.tsx';
import { useSelection } from './selection.ts';

/** The second place: who can answer, at which price, and what is missing. */
export function Providers() {
  const registry = useOperation('registry.get', {});
  if (registry.isError)
    return <QueryFailure error={registry.error.info} onRetry={() => void registry.refetch()} />;
  if (!registry.data) return null;
  return (
    <div className="h-full overflow-y-auto">
      <Selected registry={registry.data} />
    </div>
  );
}

function Selected({ registry }: { registry: RegistryView }) {
  const selection = useSelection(registry);
  if (selection.kind === 'new') return <RegisterForm registry={registry} />;
  if (selection.kind === 'notices') return <RegistryNotices warnings={registry.warnings} />;
  if (selection.kind === 'removed') return <RemovedAdapter adapter={selection.adapter} />;
  const adapter =
    selection.kind === 'adapter' && registry.runtime.find(({ adapter_id: id }) => id === selection.id);
  if (adapter) return <AdapterDetail key={adapter.adapter_id} adapter={adapter} />;
  const provider =
    selection.kind === 'provider' && registry.providers.find(({ name }) => name === selection.name);
  if (provider)
    return <ProviderDetail key={provider.name} provider={provider} features={registry.features} />;
  return <EmptyState icon={PlugZap} title={messages.providers.noneFound} />;
}
