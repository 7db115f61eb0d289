import { FileCheck2, Newspaper, Table2, TriangleAlert, Waypoints } from 'lucide-react';
import { useMemo } from 'react';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import type { Diagnostics } from '../../../../contract/provider.ts';
import { adapterHasKey } from '../../../api/provider-status.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { messages } from '../../../messages.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import type { PanelCommand } from '../../../state/commands.ts';
import { useCommands } from '../../../state/commands.ts';
import { useShortcut } from '../../../state/shortcuts.ts';
import { Button } from '../../../ui/button.tsx';
import { formatCount, formatDuration } from '../../../ui/format.ts';
import { ListRow } from '../../../ui/list.tsx';
import { RowMenu } from '../../../ui/row-menu.tsx';
import { connectionDrafts } from '../connection/connection-drafts.ts';
import { AdapterDot, HealthDot } from '../health/health-dot.tsx';
import { checkAll, useHealth, useHealthOf } from '../../../api/provider-health.ts';
import { noFilter, useListFilter } from './list-filter.ts';
import { addWays } from '../add/add-ways.ts';
import { openNews } from '../sync/news-store.ts';
import { ListHeader } from './list-header.tsx';
import { ProviderMenu } from './provider-menu.tsx';
import { groupProviders } from './provider-groups.ts';
import type { Selection } from '../selection-in-path.ts';
import { select, selectPage, useSelection } from '../selection.ts';
import { Section } from '../../../ui/section.tsx';

const t = providersMessages.providers;

/** Every provider, grouped by status; then the adapters of this session. */
export function ProviderList() {
  const registry = useOperation('registry.get', {});
  const selection = useSelection(registry.data);
  if (!registry.data) return null;
  return <Filled registry={registry.data} selection={selection} />;
}

const commandsFor = (names: readonly string[]): PanelCommand[] => {
  const group = messages.frame.providers;
  return [
    { id: 'providers-check', label: t.checkAll, group, run: () => void checkAll(names) },
    { id: 'providers-models', label: t.allModels, group, run: () => selectPage('models') },
    { id: 'providers-news', label: t.news.check, group, run: openNews },
    ...addWays().map(({ id, label, run }) => ({
      id: `providers-add-${id}`,
      label: `${t.add.title}: ${label}`,
      group,
      run,
      ...(id === 'paste' ? { shortcut: 'create' as const } : {}),
    })),
  ];
};

interface ListProps {
  registry: RegistryView;
  selection: Selection;
}

function Filled({ registry, selection }: ListProps) {
  const { providers, runtime } = registry;
  const error = useHealth((state) => state.error);
  const searching = useListFilter(({ search }) => search.trim() !== '');
  const names = useMemo(
    () => [...providers.map(({ name }) => name), ...runtime.map(({ adapter_id: id }) => id)],
    [providers, runtime],
  );
  useShortcut('create', () => selectPage('paste'));
  useCommands(commandsFor(names));
  const menuOf = (name: string) => {
    const provider = providers.find((one) => one.name === name);
    return provider && <ProviderMenu provider={provider} features={registry.features} />;
  };
  const models = providers.reduce((sum, provider) => sum + provider.models.length, 0);
  return (
    <>
      <ListHeader providers={providers} names={names} takesFilterKey={selection.kind !== 'models'} />
      {error !== null && (
        <p role="alert" className="px-3 py-1.5 text-sm text-bad">
          {error}
        </p>
      )}
      {/* A search is for a provider: its result comes first. */}
      {!searching && (
        <div className="flex flex-col pt-1.5 pb-1">
          <ListRow
            icon={<Table2 size={13} aria-hidden="true" className="shrink-0 text-ink-faint" />}
            label={t.allModels}
            note={formatCount(models)}
            selected={selection.kind === 'models'}
            onClick={() => selectPage('models')}
          />
          <ListRow
            icon={<Newspaper size={13} aria-hidden="true" className="shrink-0 text-ink-faint" />}
            label={t.news.title}
            selected={selection.kind === 'news'}
            onClick={() => selectPage('news')}
          />
        </div>
      )}
      <RowMenu menuOf={menuOf}>
        <Groups registry={registry} selection={selection} />
      </RowMenu>
      <Adapters registry={registry} selection={selection} />
      <Files notices={registry.warnings.length} selection={selection} />
    </>
  );
}

function Groups({ registry: { providers }, selection }: ListProps) {
  const health = useHealthOf(providers);
  const asking = useHealth((state) => state.asking);
  const filter = useListFilter();
  const edited = connectionDrafts.useDrafts(({ byKey }) => byKey);
  const groups = groupProviders(providers, health, filter);
  if (groups.length === 0)
    return (
      <div className="flex flex-col items-start gap-1.5 p-3 text-ink-faint">
        {t.noneFound}
        <Button onClick={() => useListFilter.setState(noFilter)}>{t.showAllProviders}</Button>
      </div>
    );
  return groups.map(({ status, providers: members }) => (
    <Section look="list" key={status} title={t.groups[status]}>
      {members.map((provider) => (
        <ListRow
          key={provider.name}
          menu={provider.name}
          icon={<HealthDot provider={provider} health={health.get(provider.name)} />}
          label={provider.label}
          dot={edited[provider.name] !== undefined}
          note={asking.has(provider.name) ? '…' : latency(health.get(provider.name))}
          selected={selection.kind === 'provider' && selection.name === provider.name}
          onClick={() => select(provider.name)}
        />
      ))}
    </Section>
  ));
}

function Adapters({ registry: { runtime, providers }, selection }: ListProps) {
  const health = useHealth((state) => state.byName);
  if (runtime.length === 0) return null;
  return (
    <Section look="list" title={t.groups.runtime}>
      {runtime.map(({ adapter_id: id, label, provider, metadata }) => (
        <ListRow
          key={id}
          icon={
            health.has(id) ? (
              <AdapterDot health={health.get(id)} hasKey={adapterHasKey({ provider, metadata }, providers)} />
            ) : (
              <Waypoints size={13} aria-hidden="true" className="shrink-0 text-ink-faint" />
            )
          }
          label={label}
          note={latency(health.get(id)) ?? provider}
          selected={selection.kind === 'adapter' && selection.id === id}
          onClick={() => select(id)}
        />
      ))}
    </Section>
  );
}

function Files({ notices, selection }: { notices: number; selection: Selection }) {
  return (
    <Section look="list" title={t.files}>
      <ListRow
        icon={
          notices > 0 ? (
            <TriangleAlert size={13} aria-hidden="true" className="shrink-0 text-warn" />
          ) : (
            <FileCheck2 size={13} aria-hidden="true" className="shrink-0 text-ink-faint" />
          )
        }
        label={t.notices}
        note={String(notices)}
        selected={selection.kind === 'notices'}
        onClick={() => selectPage('notices')}
      />
    </Section>
  );
}

/** The response time of a provider; undefined for a failure, whose time says nothing. */
function latency(health: Diagnostics | undefined): string | undefined {
  return health?.status === 'ok' && health.latency_ms !== null
    ? formatDuration(health.latency_ms)
    : undefined;
}
