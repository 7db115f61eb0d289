import { Radar } from 'lucide-react';
import type { LocalServer } from '../../../../contract/local-servers.ts';
import { serverPages } from '../../../../contract/vendor-links.ts';
import { errorText } from '../../../api/error-text.ts';
import { useAction } from '../../../api/use-action.ts';
import { messages } from '../../../messages.ts';
import { setMode } from '../../../state/frame-store.ts';
import { Button } from '../../../ui/button.tsx';
import { firstChatModel, isChatModel } from '../../../ui/model-names.ts';
import { findLocalServers, useLocalSearch } from '../../../ui/local-servers/find-local-servers.ts';
import { ServerRemedy } from '../../../ui/local-servers/server-remedy.tsx';
import { serverStateOf } from '../../../ui/local-servers/server-state.ts';
import { tryServer } from '../../../ui/local-servers/use-server.ts';
import { VendorLink } from '../../../ui/vendor-link.tsx';
import { StartCard } from './start-card.tsx';

/** Looks for LM Studio and Ollama on this computer when the user asks, and offers the servers that answer. */
export function FindServerCard() {
  const { looking, servers, error } = useLocalSearch();
  const t = messages.bench.start;
  const found = servers?.filter(({ status }) => status === 'found') ?? [];
  const needKey = servers?.filter((server) => serverStateOf(server) === 'needs_key') ?? [];
  return (
    <StartCard icon={Radar} title={t.local}>
      {found.length === 0 && needKey.length === 0 && (
        <p className="text-sm text-ink-soft">{servers && !looking ? t.nothingFound : t.localHelp}</p>
      )}
      {found.map((server) => (
        <FoundServer key={server.base_url} server={server} />
      ))}
      {needKey.map((server) => (
        <KeyedServer key={server.base_url} server={server} />
      ))}
      {found.length === 0 && (
        <Button disabled={looking} title={t.loopbackOnly} onClick={() => void findLocalServers()}>
          {servers ? t.lookAgain : t.look}
        </Button>
      )}
      <span role="status" className="text-sm text-ink-soft empty:hidden">
        {looking && <span className="appear-late">{t.looking}</span>}
      </span>
      {error && (
        <p role="alert" className="text-sm text-bad">
          {errorText(error)}
        </p>
      )}
      {servers && found.length === 0 && needKey.length === 0 && !looking && (
        <p className="flex flex-wrap gap-x-3 text-sm">
          <VendorLink to={serverPages.lmstudio}>LM Studio</VendorLink>
          <VendorLink to={serverPages.ollama}>Ollama</VendorLink>
        </p>
      )}
    </StartCard>
  );
}

/** A server that answered and asks for a key, with the way to its field. */
function KeyedServer({ server }: { server: LocalServer }) {
  return (
    <div className="w-full min-w-0">
      <p>
        <span className="font-medium">{server.label}</span>{' '}
        <code className="num wrap-anywhere text-ink-soft">{new URL(server.base_url).host}</code>
      </p>
      <ServerRemedy server={server} state="needs_key" />
    </div>
  );
}

function FoundServer({ server }: { server: LocalServer }) {
  const t = messages.bench.start;
  const { busy, error, run } = useAction();
  const model = firstChatModel(server.models);
  const pickModel = async () => {
    await tryServer(server, model);
    // The button names this computer as the target, and a local call costs nothing.
    setMode('live');
  };
  return (
    <div className="flex w-full min-w-0 flex-col items-start gap-1.5">
      <p>
        <span className="font-medium">{t.found(server.label, server.models.filter(isChatModel).length)}</span>{' '}
        <code className="num wrap-anywhere text-ink-soft">{new URL(server.base_url).host}</code>
      </p>
      {model === null ? (
        <p className="text-sm text-ink-soft">{t.noModels}</p>
      ) : (
        <>
          <Button look="live" disabled={busy} onClick={() => run(pickModel)} className="max-w-full">
            <span className="truncate">{t.use(model)}</span>
          </Button>
          <p className="text-sm text-ink-soft">{t.usingIt}</p>
        </>
      )}
      {error && (
        <p role="alert" className="text-sm text-bad">
          {errorText(error)}
        </p>
      )}
    </div>
  );
}
