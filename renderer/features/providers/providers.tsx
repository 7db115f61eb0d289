import { PlugZap } from 'lucide-react';
import { lazy, Suspense } from 'react';
import type { RegistryView } from '../../../contract/operations/registry.ts';
import { useOperation } from '../../api/use-operation.ts';
import { noticeTexts } from '../../api/notice-text.ts';
import { messages } from '../../messages.ts';
import { localServersMessages } from '../../messages/local-servers-messages.ts';
import { providersMessages } from '../../messages/providers-messages.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LocalServers } from '../../ui/local-servers/local-servers.tsx';
import { QueryFailure } from '../../ui/query-failure.tsx';
import { AdapterDetail } from './detail/adapter-detail.tsx';
import { KnownServices } from './add/known-services.tsx';
import { AllModels } from './models/all-models.tsx';
import { DetailHeader } from './detail/detail-header.tsx';
import { ProviderDetail } from './detail/provider-detail.tsx';
import { RegistryNotices } from './registry-notices.tsx';
import { NewsPage } from './sync/news-page.tsx';
import { useSelection } from './selection.ts';

const RegisterForm = lazy(() =>
  import('./register/register-form.tsx').then((m) => ({ default: m.RegisterForm })),
);

/** The second view: the providers, their prices, and what is missing for a call. */
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
  switch (selection.kind) {
    case 'new':
    case 'paste':
      return (
        <Suspense fallback={<p className="appear-late p-4 text-ink-faint">{messages.ui.loading}</p>}>
          <RegisterForm key={selection.kind} registry={registry} way={selection.kind} />
        </Suspense>
      );
    case 'service':
      return <KnownServices registry={registry} />;
    case 'news':
      return <NewsPage registry={registry} />;
    case 'local':
      return <LocalServersPage />;
    case 'models':
      return <AllModels registry={registry} />;
    case 'notices':
      return <RegistryNotices notices={noticeTexts(registry)} />;
    case 'adapter': {
      const adapter = registry.runtime.find(({ adapter_id: id }) => id === selection.id);
      return adapter && <AdapterDetail key={adapter.adapter_id} adapter={adapter} />;
    }
    case 'provider': {
      const { name, tab } = selection;
      const provider = registry.providers.find((one) => one.name === name);
      return provider && <ProviderDetail key={name} provider={provider} registry={registry} tab={tab} />;
    }
    default:
      return <EmptyState icon={PlugZap} title={providersMessages.providers.noneFound} />;
  }
}

function LocalServersPage() {
  const { title } = localServersMessages.localServers;
  return (
    <article aria-label={title}>
      <DetailHeader title={title} />
      <div className="p-4">
        <LocalServers />
      </div>
    </article>
  );
}
