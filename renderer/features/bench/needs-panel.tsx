import { KeyRound, Power } from 'lucide-react';
import { keyVariable, narrowestFlag, standingOf } from '../../api/provider-standing.ts';
import { useCommand } from '../../api/use-command.ts';
import { useOperation } from '../../api/use-operation.ts';
import { messages } from '../../messages.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';

const words = messages.needs;

/** What a live call to this provider still needs, with the button that gives it. Nothing when it is ready. */
export function NeedsPanel({ providerName }: { providerName: string | null }) {
  const registry = useOperation('registry.get', {});
  const setFeature = useCommand('features.set');
  const name = registry.data?.runtime.find(({ adapter_id }) => adapter_id === providerName)?.provider ?? providerName;
  const provider = registry.data?.providers.find((one) => one.name === name);
  if (!provider) return null;
  const standing = standingOf(provider);
  const flag = narrowestFlag(provider);
  if (standing === 'off' && flag !== null) {
    return (
      <div className="flex flex-wrap items-center gap-2">
        <Power size={13} aria-hidden="true" className="text-warn" />
        <span className="min-w-0 flex-1">{words.off(provider.label)}</span>
        <Button
          disabled={setFeature.isPending}
          onClick={() => setFeature.mutate({ flag, enabled: true })}
          title={words.setsFlag(flag)}
        >
          {words.enable(provider.label)}
        </Button>
      </div>
    );
  }
  if (standing === 'needs_key') {
    const variable = keyVariable(provider.name);
    return (
      <div className="flex flex-wrap items-center gap-2">
        <KeyRound size={13} aria-hidden="true" className="text-warn" />
        <span className="min-w-0 flex-1">
          {words.key(provider.label)} <code className="num wrap-anywhere">{variable}</code>
        </span>
        <CopyButton text={variable} label={words.copyVariable} />
      </div>
    );
  }
  return null;
}
