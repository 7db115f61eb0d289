import type { LocalServer } from '../../../contract/local-servers.ts';
import { useOperation } from '../../api/use-operation.ts';
import { localServersMessages } from '../../messages/local-servers-messages.ts';
import { messages } from '../../messages.ts';
import { goTo } from '../../state/view.ts';
import { Button } from '../button.tsx';
import { HintLine } from '../hint-line.tsx';
import type { ServerState } from './server-state.ts';

const t = localServersMessages.localServers;

interface ServerRemedyProps {
  server: LocalServer;
  state: Exclude<ServerState, 'found'>;
}

/** What to try at an address without a usable server: one line, and the button that leads there. */
export function ServerRemedy({ server, state }: ServerRemedyProps) {
  const { data } = useOperation('registry.get', {});
  const provider = data?.providers.find(({ name }) => name === server.provider);
  const hasKey = provider?.credentials.present === true;
  const wantsKey = state === 'needs_key';
  const advice = wantsKey
    ? hasKey
      ? messages.errors.hints.provider_unauthorized
      : messages.errors.keyWanted
    : t.advice[state](server.adapter);
  const label = wantsKey ? (hasKey ? messages.errors.checkKey : messages.keys.add) : t.openAddress;
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm">
      <div className="min-w-0 flex-1 basis-64">
        <HintLine>{advice}</HintLine>
      </div>
      {provider ? (
        <Button onClick={() => goTo('providers', provider.name, 'connection', ...(wantsKey ? ['key'] : []))}>
          {label}
        </Button>
      ) : (
        // No provider has this address: an own entry is where an address or a key is given.
        <Button onClick={() => goTo('providers', '+new')}>{t.addServer}</Button>
      )}
    </div>
  );
}
