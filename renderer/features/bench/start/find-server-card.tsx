import { Radar } from 'lucide-react';
import type { LocalServer } from '../../../../contract/local-servers.ts';
import { serverPages } from '../../../../contract/vendor-links.ts';
import { useAction } from '../../../api/use-action.ts';
import { messages } from '../../../messages.ts';
import { setMode } from '../../../state/frame-store.ts';
import { Button } from '../../../ui/button.tsx';
import { firstChatModel, isChatModel } from '../../../ui/model-names.ts';
import { findLocalServers, useLocalSearch } from '../../../ui/local-servers/find-local-servers.ts';
import { tryServer } from '../../../ui/local-servers/use-server.ts';
import { VendorLink } from '../../../ui/vendor-link.tsx';
import { StartCard } from './start-card.tsx';

/** Looks for LM Studio and Ollama on this computer, only when it is asked to, and offers what answers. */
export function FindServerCard() {
  const { looking, servers, error } = useLocalSearch();
  const words = messages.bench.start;
  const found = servers?.filter(({ status }) => status === 'found') ?? [];
  return (
    <StartCard icon={Radar} title={words.local}>
      {found.length === 0 && (
        <p className="text-sm text-ink-soft">{servers && !looking ? words.nothingFound : words.localHelp}</p>
      )}
      {found.map((server) => (
        <FoundServer key={server.base_url} server={server} />
      ))}
      {found.length === 0 && (
        <Button disabled={looking} title={words.loopbackOnly} onClick={() => void findLocalServers()}>
          {servers ? words.lookAgain : words.look}
        </Button>
      )}
      <span role="status" className="text-sm text-ink-soft empty:hidden">
        {looking && <span className="appear-late">{words.looking}</span>}
      </span>
      {error && (
        <p role="alert" className="text-sm text-bad">
          {error.message}
        </p>
      )}
      {servers && found.length === 0 && !looking && (
        <p className="flex flex-wrap gap-x-3 text-sm">
          <VendorLink to={serverPages.lmstudio}>LM Studio</VendorLink>
          <VendorLink to={serverPages.ollama}>Ollama</VendorLink>
        </p>
      )}
    </StartCard>
  );
}

function FoundServer({ server }: { server: LocalServer }) {
  const words = messages.bench.start;
  const { busy, error, run } = useAction();
  const model = firstChatModel(server.models);
  const use = async () => {
    await tryServer(server, model);
    // Its label says so: it is this computer that is asked, and that costs nothing.
    setMode('live');
  };
  return (
    <div className="flex w-full min-w-0 flex-col items-start gap-1.5">
      <p>
        <span className="font-medium">
          {words.found(server.label, server.models.filter(isChatModel).length)}
        </span>{' '}
        <code className="num wrap-anywhere text-ink-soft">{new URL(server.base_url).host}</code>
      </p>
      {model === null ? (
        <p className="text-sm text-ink-soft">{words.noModels}</p>
      ) : (
        <>
          <Button look="live" disabled={busy} onClick={() => run(use)} className="max-w-full">
            <span className="truncate">{words.use(model)}</span>
          </Button>
          <p className="text-sm text-ink-soft">{words.usingIt}</p>
        </>
      )}
      {error && (
        <p role="alert" className="text-sm text-bad">
          {error.message}
        </p>
      )}
    </div>
  );
}
