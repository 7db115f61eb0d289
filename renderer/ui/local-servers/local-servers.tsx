import { Radar } from 'lucide-react';
import type { LocalServer } from '../../../contract/local-servers.ts';
import { localServersMessages } from '../../messages/local-servers-messages.ts';
import { Button } from '../button.tsx';
import { ErrorCard } from '../call/error-card.tsx';
import { findLocalServers, useLocalSearch } from './find-local-servers.ts';
import { ServerCard } from './server-card.tsx';
import { serverStateOf, type ServerState } from './server-state.ts';

const t = localServersMessages.localServers;
const order = { found: 0, needs_key: 1, error: 2, nothing: 3 } as const;

/** How many servers were found, with those that answer but cannot be used yet. */
function summaryOf(servers: readonly LocalServer[]): string {
  const count = (state: ServerState) => servers.filter((server) => serverStateOf(server) === state).length;
  const [found, needKey, failing] = [count('found'), count('needs_key'), count('error')];
  const parts = [
    found > 0 ? t.found(found) : null,
    needKey > 0 ? t.needKey(needKey) : null,
    failing > 0 ? t.failing(failing) : null,
  ].filter((part) => part !== null);
  return parts.length > 0 ? parts.join(' · ') : t.found(0);
}

/** Searches for model servers on this machine when its button is pressed, and shows the results. */
export function LocalServers() {
  const { looking, servers, error } = useLocalSearch();
  const shown = [...(servers ?? [])].sort((a, b) => order[serverStateOf(a)] - order[serverStateOf(b)]);
  return (
    <div className="flex flex-col gap-2">
      <p className="max-w-180 text-ink-soft">{t.intro}</p>
      <div className="flex items-center gap-3">
        <Button
          disabled={looking}
          title={looking ? t.looking : undefined}
          onClick={() => void findLocalServers()}
        >
          <Radar size={13} aria-hidden="true" />
          {servers ? t.again : t.look}
        </Button>
        <span role="status" className="text-ink-soft">
          {looking ? t.looking : servers && summaryOf(servers)}
        </span>
      </div>
      {error && <ErrorCard error={error} />}
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(34rem,100%),1fr))] items-start gap-2">
        {shown.map((server) => (
          <ServerCard key={`${server.provider} ${server.base_url}`} server={server} />
        ))}
      </div>
    </div>
  );
}
