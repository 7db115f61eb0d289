import { KeyRound, Power } from 'lucide-react';
import type { ProviderView } from '../../../contract/provider.ts';
import { keyVariable, narrowestFlag, standingOf } from '../../api/provider-standing.ts';
import { useCommand } from '../../api/use-command.ts';
import { useOperation } from '../../api/use-operation.ts';
import { messages } from '../../messages.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';

const words = messages.needs;

interface NeedsPanelProps {
  /** A provider's name or a runtime adapter's id. */
  providerName: string | null;
  /** Where the words stand already, only the remedy is shown. */
  bare?: boolean;
}

/** What a live call to this provider still needs, with the button that gives it. Nothing when it is ready. */
export function NeedsPanel({ providerName, bare = false }: NeedsPanelProps) {
  const { data } = useOperation('registry.get', {});
  const adapter = data?.runtime.find(({ adapter_id: id }) => id === providerName);
  const provider = data?.providers.find(({ name }) => name === (adapter?.provider ?? providerName));
  const standing = provider && standingOf(provider);
  if (provider && standing === 'off') return <NeedsFlag provider={provider} bare={bare} />;
  if (provider && standing === 'needs_key') return <NeedsKey provider={provider} bare={bare} />;
  return null;
}

function NeedsFlag({ provider, bare }: { provider: ProviderView; bare: boolean }) {
  const setFeature = useCommand('features.set');
  const flag = narrowestFlag(provider);
  if (flag === null) return null;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {!bare && <Power size={13} aria-hidden="true" className="shrink-0 text-warn" />}
      {!bare && <span className="min-w-0 flex-1">{words.off(provider.label)}</span>}
      <Button
        disabled={setFeature.isPending}
        onClick={() => setFeature.mutate({ flag, enabled: true })}
        title={words.setsFlag(flag)}
      >
        {words.enable(provider.label)}
      </Button>
      {setFeature.error && (
        <span role="alert" className="text-bad">
          {setFeature.error.message}
        </span>
      )}
    </div>
  );
}

function NeedsKey({ provider, bare }: { provider: ProviderView; bare: boolean }) {
  const variable = keyVariable(provider.name);
  return (
    <div className="flex flex-wrap items-center gap-2">
      {!bare && <KeyRound size={13} aria-hidden="true" className="shrink-0 text-warn" />}
      {!bare && <span>{words.key(provider.label)}</span>}
      <code className="num min-w-0 wrap-anywhere">{variable}</code>
      <CopyButton text={variable} label={words.copyVariable} />
    </div>
  );
}
