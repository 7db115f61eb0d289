import type { ProviderView } from '../../../../contract/provider.ts';
import { errorText } from '../../../api/error-text.ts';
import { errorInfoOf } from '../../../api/operation-error.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { toast } from '../../../state/toasts.ts';
import { MenuItems } from '../../../ui/menu-items.tsx';
import { switchProvider } from '../connection/switch-provider.ts';
import { checkHealth, useHealth } from '../../../api/provider-health.ts';
import { tryOnBench } from '../models/try-on-bench.ts';
import { select } from '../selection.ts';

interface ProviderMenuProps {
  provider: ProviderView;
  features: Readonly<Record<string, unknown>>;
}

/** The menu of a row: the actions of the provider's page, and the page's tabs. */
export function ProviderMenu({ provider, features }: ProviderMenuProps) {
  const t = providersMessages.providers;
  const { name, enabled } = provider;
  const asking = useHealth((state) => state.asking.has(name));
  const turn = () =>
    void switchProvider(provider, features, !enabled).catch((thrown: unknown) =>
      toast({ title: errorText(errorInfoOf(thrown)), kind: 'bad' }),
    );
  return (
    <MenuItems
      items={[
        { label: enabled ? t.turnOff : t.turnOn, onSelect: turn },
        { label: t.tryIt, onSelect: () => tryOnBench(name) },
        {
          label: t.check,
          unavailable: asking ? t.asking : undefined,
          onSelect: () => void checkHealth(name),
        },
        ...(['connection', 'models', 'activity'] as const).map((tab) => ({
          label: t.openTab(t[tab]),
          onSelect: () => select(name, tab),
        })),
      ]}
    />
  );
}
