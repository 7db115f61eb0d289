import { Radar } from 'lucide-react';
import { localServersMessages } from '../../messages/local-servers-messages.ts';
import { Button } from '../button.tsx';
import { ErrorCard } from '../call/error-card.tsx';
import { findLocalServers, useLocalSearch } from './find-local-servers.ts';
import { ServerCard } from './server-card.tsx';

const t = localServersMessages.localServers;
const order = { found: 0, error: 1, nothing: 2 } as const;

/** Searches for model servers on this machine when its button is pressed, and shows the results. */
export function LocalServers() {
  const { looking, servers, error } = useLocalSearch();
  const shown = [...(servers ?? [])].sort((a, b) => order[a.status] - order[b.status]);
  const found = shown.filter(({ status }) => status === 'found').length;
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
          {looking ? t.looking : servers && t.found(found)}
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
