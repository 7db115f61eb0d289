import { PlugZap } from 'lucide-react';
import type { RegistryView } from '../../../contract/operations/registry.ts';
import { useOperation } from '../../api/use-operation.ts';
import { messages } from '../../messages.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { QueryFailure } from '../../ui/query-failure.tsx';
import { AdapterDetail } from './adapter-detail.tsx';
import { ProviderDetail } from './provider-detail.tsx';
import { RegisterForm } from './register-form.tsx';
import type { Selection } from './selection.ts';
import { useSelection } from './selection.ts';

/** The second place: who can answer, at which price, and what is missing. */
export function Providers() {
  const registry = useOperation('registry.get', {});
  const selection = useSelection((state) => state.selection);
  if (registry.isError) return <QueryFailure error={registry.error.info} onRetry={() => void registry.refetch()} />;
  if (!registry.data) return null;
  return (
    <div className="h-full overflow-y-auto">
      <Selected registry={registry.data} selection={selection} />
    </div>
  );
}

function Selected({ registry, selection }: { registry: RegistryView; selection: Selection }) {
  if (selection.kind === 'new') return <RegisterForm registry={registry} />;
  const adapter = selection.kind === 'adapter' && registry.runtime.find(({ adapter_id: id }) => id === selection.id);
  if (adapter) return <AdapterDetail adapter={adapter} />;
  const named = selection.kind === 'provider' && registry.providers.find(({ name }) => name === selection.name);
  const provider = named || registry.providers[0];
  if (provider) return <ProviderDetail key={provider.name} provider={provider} />;
  return <EmptyState icon={PlugZap} title={messages.providers.noneFound} />;
}
