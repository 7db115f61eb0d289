import type { ProviderView } from '../../../../contract/provider.ts';
import { errorText } from '../../../api/error-text.ts';
import { useAction } from '../../../api/use-action.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { Switch } from '../../../ui/switch.tsx';
import { switchProvider } from './switch-provider.ts';
import { ErrorLine } from '../../../ui/error-line.tsx';

interface ProviderSwitchProps {
  provider: ProviderView;
  features: Readonly<Record<string, unknown>>;
}

/** Whether live calls may go to this provider. */
export function ProviderSwitch({ provider, features }: ProviderSwitchProps) {
  const t = providersMessages.providers;
  const { busy, error, run } = useAction();
  return (
    <>
      <ErrorLine text={error && errorText(error)} />
      <Switch
        label={t.providerOn}
        title={t.providerOnHint}
        checked={provider.enabled}
        disabled={busy}
        onChange={(on) => run(() => switchProvider(provider, features, on))}
      />
    </>
  );
}
