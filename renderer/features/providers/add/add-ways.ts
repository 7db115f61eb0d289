import { providersMessages } from '../../../messages/providers-messages.ts';
import { findLocalServers } from '../../../ui/local-servers/find-local-servers.ts';
import { selectPage } from '../selection.ts';

/** One way to add a provider. */
interface AddWay {
  id: 'service' | 'local' | 'paste' | 'temporary';
  label: string;
  run: () => void;
}

/** The four ways, the usual one first. */
export function addWays(): AddWay[] {
  const { ways } = providersMessages.providers.add;
  return [
    { id: 'service', label: ways.service, run: () => selectPage('service') },
    {
      id: 'local',
      label: ways.local,
      run() {
        selectPage('local');
        void findLocalServers();
      },
    },
    { id: 'paste', label: ways.paste, run: () => selectPage('paste') },
    { id: 'temporary', label: ways.temporary, run: () => selectPage('new') },
  ];
}
