import { ChartColumn, Flag, Plug, Radar, ScrollText, Server as ServerIcon } from 'lucide-react';
import type { Endpoint } from '../../../contract/server-access.ts';
import { useOperation } from '../../api/use-operation.ts';
import { serverMessages } from '../../messages/server-messages.ts';
import { goTo } from '../../state/view.ts';
import { clsx } from 'clsx';
import { ListRow } from '../../ui/list.tsx';
import { endpointSummary } from '../../api/coded-text.ts';
import { endpointKey, pageIds, useOpen } from './server-page.ts';
import { Section } from '../../ui/section.tsx';

const t = serverMessages.server;
const icons = {
  state: ServerIcon,
  connect: Plug,
  local: Radar,
  log: ScrollText,
  flags: Flag,
  spend: ChartColumn,
};

/** The pages of the server, then every endpoint of its API. */
export function ServerList() {
  const open = useOpen();
  const status = useOperation('server.status', {});
  const endpoints = useOperation('server.endpoints', {});
  const all = endpoints.data?.endpoints ?? [];
  const groups = [...new Set(all.map(({ group }) => group))];
  return (
    <>
      <Section look="list" title={t.thisServer}>
        {pageIds.map((id) => {
          const Icon = icons[id];
          return (
            <ListRow
              key={id}
              icon={<Icon size={13} aria-hidden="true" className="shrink-0 text-ink-faint" />}
              label={t.pages[id]}
              note={id === 'state' && status.data ? t.states[status.data.state] : undefined}
              selected={'page' in open && open.page === id}
              onClick={() => goTo('server', id)}
            />
          );
        })}
      </Section>
      {groups.map((group) => (
        <Section look="list" key={group} title={groupTitle(group)}>
          {all
            .filter((one) => one.group === group)
            .map((endpoint) => (
              <EndpointRow
                key={endpointKey(endpoint)}
                endpoint={endpoint}
                selected={'endpoint' in open && open.endpoint === endpointKey(endpoint)}
              />
            ))}
        </Section>
      ))}
    </>
  );
}

/** A group's name in the language on screen; a group that the catalogue does not know keeps its own. */
function groupTitle(group: string): string {
  const titles: Partial<Record<string, string>> = t.groups;
  return titles[group] ?? group;
}

const short: Record<string, string> = { DELETE: 'DEL' };

function EndpointRow({ endpoint, selected }: { endpoint: Endpoint; selected: boolean }) {
  const { method, path, on, token } = endpoint;
  const state = on ? (token ? t.endpoint.token : undefined) : t.endpoint.needsFlag;
  return (
    <button
      type="button"
      data-row
      title={`${method} ${path}: ${endpointSummary(endpoint)}`}
      aria-current={selected || undefined}
      onClick={() => goTo('server', 'endpoint', endpointKey(endpoint))}
      className={clsx(
        'mx-1.5 flex h-7 items-center gap-1.5 rounded-md px-1.5 text-left transition-colors',
        selected ? 'bg-accent-soft text-ink' : 'hover:bg-hover',
      )}
    >
      <span className="num w-8 shrink-0 text-ink-faint">{short[method] ?? method}</span>
      <span className="num min-w-0 flex-1 truncate">{path.replace(/^\/api\//, '/')}</span>
      {state && <span className="shrink-0 text-xs text-ink-faint">{state}</span>}
    </button>
  );
}
