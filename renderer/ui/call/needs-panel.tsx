import { KeyRound, Power } from 'lucide-react';
import type { ProviderView } from '../../../contract/provider.ts';
import { keyVariable, lacksKey, narrowestFlag } from '../../api/provider-status.ts';
import { useCommand } from '../../api/use-command.ts';
import { useOperation } from '../../api/use-operation.ts';
import { messages } from '../../messages.ts';
import { goTo } from '../../state/view.ts';
import { Button } from '../button.tsx';
import { CopyButton } from '../copy-button.tsx';
import { ErrorLine } from '../error-line.tsx';

const t = messages.needs;
const row = 'flex flex-wrap items-center gap-x-2 py-0.5';

/** What a live call to this provider or adapter still needs; null if nothing, or while it is not known. */
export function useNeeds(providerName: string | null) {
  const { data } = useOperation('registry.get', {});
  const adapter = data?.runtime.find(({ adapter_id: id }) => id === providerName);
  const provider = data?.providers.find(({ name }) => name === (adapter?.provider ?? providerName));
  if (!provider) return null;
  const flag = provider.enabled ? null : narrowestFlag(provider);
  const key = !adapter && lacksKey(provider);
  return flag === null && !key ? null : { provider, flag, key };
}

/** The needs of a live call to this provider or adapter, each with its remedy. Empty if it is ready. */
export function NeedsPanel({ providerName }: { providerName: string | null }) {
  const needs = useNeeds(providerName);
  if (needs === null) return null;
  const { provider, flag, key } = needs;
  return (
    <>
      {flag !== null && <NeedsFlag provider={provider} flag={flag} />}
      {key && <NeedsKey provider={provider} />}
    </>
  );
}

function NeedsFlag({ provider, flag }: { provider: ProviderView; flag: string }) {
  const setFeature = useCommand('features.set');
  return (
    <div className={row}>
      <Power size={13} aria-hidden="true" className="shrink-0 text-warn" />
      <span className="min-w-0 flex-1">{t.off(provider.label)}</span>
      <Button
        disabled={setFeature.isPending}
        onClick={() => setFeature.mutate({ flag, enabled: true })}
        title={t.setsFlag(flag)}
      >
        {t.enable}
      </Button>
      <ErrorLine text={setFeature.error?.message} className="w-full" />
    </div>
  );
}

function NeedsKey({ provider }: { provider: ProviderView }) {
  const variable = keyVariable(provider.name);
  return (
    <div className={row}>
      <KeyRound size={13} aria-hidden="true" className="shrink-0 text-warn" />
      <span className="min-w-0 flex-1">{t.key(provider.label)}</span>
      <Button title={t.addHint} onClick={() => goTo('providers', provider.name, 'connection', 'key')}>
        {t.add}
      </Button>
      <span className="flex w-full flex-wrap items-center gap-x-2">
        <span className="text-ink-soft">{t.orVariable}</span>
        <code className="num wrap-anywhere">{variable}</code>
        <CopyButton text={variable} label={t.copyVariable} />
      </span>
    </div>
  );
}
