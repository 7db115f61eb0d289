import { Activity } from 'lucide-react';
import { lazy, Suspense } from 'react';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import type { ProviderView } from '../../../../contract/provider.ts';
import { messages } from '../../../messages.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { Button } from '../../../ui/button.tsx';
import { Tabs } from '../../../ui/tabs.tsx';
import { ActivityTab } from '../activity/activity-tab.tsx';
import { DetailHeader } from './detail-header.tsx';
import { checkHealth, useHealth } from '../../../api/provider-health.ts';
import { ModelsTab } from '../models/models-tab.tsx';
import type { TabId } from '../selection-in-path.ts';
import { tabIds } from '../selection-in-path.ts';
import { select } from '../selection.ts';
import { ProviderSwitch } from '../connection/provider-switch.tsx';
import { tryOnBench } from '../models/try-on-bench.ts';

const t = providersMessages.providers;

const ConnectionTab = lazy(() =>
  import('../connection/connection-tab.tsx').then((m) => ({ default: m.ConnectionTab })),
);

interface ProviderDetailProps {
  provider: ProviderView;
  registry: RegistryView;
  tab: TabId;
}

/** One provider: its connection, its models, and its recent calls. */
export function ProviderDetail({ provider, registry, tab }: ProviderDetailProps) {
  const { name, label, kind, models } = provider;
  const asking = useHealth((state) => state.asking.has(name));
  return (
    <article aria-label={label} className="flex h-full flex-col">
      <DetailHeader title={label} id={name} kind={t.kinds[kind]}>
        <ProviderSwitch provider={provider} features={registry.features} />
        <Button onClick={() => tryOnBench(name)}>{t.tryIt}</Button>
        <Button
          disabled={asking}
          title={asking ? t.asking : t.checkHint}
          onClick={() => void checkHealth(name)}
        >
          <Activity size={12} aria-hidden="true" />
          {t.check}
        </Button>
      </DetailHeader>
      <Tabs
        label={t.partsOf(label)}
        value={tab}
        onChange={(id) =>
          select(
            name,
            tabIds.find((known) => known === id),
          )
        }
        items={[
          {
            id: 'connection',
            label: t.connection,
            content: (
              <Suspense fallback={<p className="appear-late p-4 text-ink-faint">{messages.ui.loading}</p>}>
                <ConnectionTab provider={provider} features={registry.features} />
              </Suspense>
            ),
          },
          {
            id: 'models',
            label: t.models,
            count: models.length,
            content: <ModelsTab provider={provider} registry={registry} />,
          },
          { id: 'activity', label: t.activity, content: <ActivityTab provider={provider} /> },
        ]}
      />
    </article>
  );
}
