import { FileCheck2, Plus, RefreshCw, TriangleAlert, Waypoints } from 'lucide-react';
import { useState } from 'react';
import type { Diagnostics } from '../../../contract/provider.ts';
import { useOperation } from '../../api/use-operation.ts';
import { messages } from '../../messages.ts';
import { Button } from '../../ui/button.tsx';
import { formatDuration } from '../../ui/format.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { ListRow, ListSection } from '../../ui/list.tsx';
import { HealthDot } from './health-dot.tsx';
import { groupProviders } from './provider-groups.ts';
import { select, useSelection } from './selection.ts';
import { useHealth } from './use-health.ts';

const words = messages.providers;

/** Every provider, by what stands between it and a live call; then the adapters of this session. */
export function ProviderList() {
  const registry = useOperation('registry.get', {});
  const health = useHealth();
  const [search, setSearch] = useState('');
  const selection = useSelection(registry.data);
  const notices = registry.data?.warnings.length ?? 0;
  const groups = groupProviders(registry.data?.providers ?? [], health.byName, search);
  return (
    <>
      <header className="sticky top-0 z-10 flex h-10 items-center gap-1.5 border-b border-line bg-panel px-2">
        <input
          type="search"
          aria-label={words.search}
          placeholder={words.searchHint}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="h-7 min-w-0 flex-1 rounded-md border border-line-strong bg-raised px-2"
        />
        <Button disabled={health.checking} onClick={health.check}>
          <RefreshCw size={12} aria-hidden="true" />
          {health.checking ? words.checking : words.checkAll}
        </Button>
      </header>
      {health.error !== null && (
        <p role="alert" className="px-3 py-1.5 text-sm text-bad">
          {health.error}
        </p>
      )}
      {groups.map(({ standing, providers }) => (
        <ListSection key={standing} title={words.groups[standing]}>
          {providers.map((provider) => (
            <ListRow
              key={provider.name}
              icon={<HealthDot provider={provider} health={health.byName.get(provider.name)} />}
              label={provider.label}
              note={latency(health.byName.get(provider.name))}
              selected={selection.kind === 'provider' && selection.name === provider.name}
              onClick={() => select({ kind: 'provider', name: provider.name })}
            />
          ))}
        </ListSection>
      ))}
      {registry.data && groups.length === 0 && <p className="p-3 text-ink-faint">{words.noneFound}</p>}
      <ListSection
        title={words.groups.runtime}
        action={<IconButton icon={Plus} label={words.register} onClick={() => select({ kind: 'new' })} />}
      >
        {registry.data?.runtime.map(({ adapter_id: id, label, provider }) => (
          <ListRow
            key={id}
            icon={<Waypoints size={13} aria-hidden="true" className="shrink-0 text-ink-faint" />}
            label={label}
            note={provider}
            selected={selection.kind === 'adapter' && selection.id === id}
            onClick={() => select({ kind: 'adapter', id })}
          />
        ))}
        {registry.data?.runtime.length === 0 && (
          <p className="px-3 text-sm text-ink-faint">{words.noAdapters}</p>
        )}
      </ListSection>
      <ListSection title={words.files}>
        <ListRow
          icon={
            notices > 0 ? (
              <TriangleAlert size={13} aria-hidden="true" className="shrink-0 text-warn" />
            ) : (
              <FileCheck2 size={13} aria-hidden="true" className="shrink-0 text-ink-faint" />
            )
          }
          label={words.notices}
          note={String(notices)}
          selected={selection.kind === 'notices'}
          onClick={() => select({ kind: 'notices' })}
        />
      </ListSection>
    </>
  );
}

/** How fast a provider answered; the time a failure took tells nothing. */
function latency(health: Diagnostics | undefined): string | undefined {
  return health?.status === 'ok' && health.latency_ms !== null
    ? formatDuration(health.latency_ms)
    : undefined;
}
