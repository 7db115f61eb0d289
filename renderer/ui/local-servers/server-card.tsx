import { CircleAlert, CircleCheck, CircleDashed, KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { LocalServer } from '../../../contract/local-servers.ts';
import { checkText } from '../../api/connection-text.ts';
import { errorText } from '../../api/error-text.ts';
import { useAction } from '../../api/use-action.ts';
import { useOperation } from '../../api/use-operation.ts';
import { localServersMessages } from '../../messages/local-servers-messages.ts';
import { Button } from '../button.tsx';
import { formatDuration } from '../format.ts';
import { firstChatModel } from '../model-names.ts';
import { Select } from '../select.tsx';
import { ServerRemedy } from './server-remedy.tsx';
import { serverStateOf } from './server-state.ts';
import { keepServerList, tryServer, serveModule } from './use-server.ts';
import { ErrorLine } from '../error-line.tsx';

const t = localServersMessages.localServers;
const looks = {
  found: { icon: CircleCheck, colour: 'text-ok' },
  needs_key: { icon: KeyRound, colour: 'text-warn' },
  nothing: { icon: CircleDashed, colour: 'text-ink-faint' },
  error: { icon: CircleAlert, colour: 'text-bad' },
} as const;

/** One address on this machine: its server, and what can be done with it. */
export function ServerCard({ server }: { server: LocalServer }) {
  const state = serverStateOf(server);
  const { icon: Icon, colour } = looks[state];
  const facts: string[] = [t.status[state]];
  if (server.latency_ms !== null) facts.push(formatDuration(server.latency_ms));
  if (state === 'found') facts.push(t.models(server.models.length));
  return (
    <article aria-label={server.label} className="rounded-md border border-line bg-raised px-3 py-2">
      <header className="flex flex-wrap items-center gap-x-2">
        <Icon size={14} aria-hidden="true" className={`shrink-0 ${colour}`} />
        <h2 className="font-medium">{server.label}</h2>
        <code className="num min-w-0 truncate text-ink-soft">{server.base_url}</code>
        <span className="ml-auto text-sm text-ink-soft">{facts.join(' · ')}</span>
      </header>
      {state === 'found' ? (
        <FoundServer server={server} />
      ) : (
        <>
          <p className="mt-1 text-sm wrap-anywhere text-ink-soft">{checkText(server)}</p>
          <ServerRemedy server={server} state={state} />
        </>
      )}
    </article>
  );
}

function FoundServer({ server }: { server: LocalServer }) {
  const registry = useOperation('registry.get', {});
  const [picked, setPicked] = useState<string | null>(null);
  const { busy, error, run } = useAction();
  const model = server.models.find((id) => id === picked) ?? firstChatModel(server.models);
  const modules = Object.entries(registry.data?.defaults.modules ?? {});
  const listed = registry.data?.providers.find(({ name }) => name === server.provider)?.models ?? [];
  const news = server.models.filter((id) => !listed.some((known) => known.id === id || known.wire_id === id));

  if (model === null) return <p className="mt-1 text-sm text-ink-soft">{t.noModels}</p>;
  return (
    <div className="mt-2 flex flex-wrap items-center gap-1.5">
      <Select
        label={t.model}
        groups={[{ options: server.models.map((id) => ({ value: id, label: id })) }]}
        value={model}
        onChange={setPicked}
        className="max-w-72"
      />
      <Button disabled={busy} onClick={() => run(() => tryServer(server, model))}>
        {t.tryIt}
      </Button>
      <Button
        disabled={busy || news.length === 0}
        title={news.length === 0 ? t.allKnown : t.keepHint}
        onClick={() => run(() => keepServerList(server))}
      >
        {t.keep}
      </Button>
      <Select
        label={t.makeActive}
        bare
        disabled={busy}
        groups={[
          {
            options: [
              { value: '', label: t.makeActive },
              ...modules.map(([name, { label }]) => ({ value: name, label: label ?? name })),
            ],
          },
        ]}
        value=""
        onChange={(module) => module && run(() => serveModule(server, model, module))}
      />
      <ErrorLine text={error && errorText(error)} className="w-full" />
    </div>
  );
}
