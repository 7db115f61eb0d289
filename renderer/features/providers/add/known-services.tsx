import type { RegistryView } from '../../../../contract/operations/registry.ts';
import type { ProviderView } from '../../../../contract/provider.ts';
import { errorText } from '../../../api/error-text.ts';
import { lacksKey } from '../../../api/provider-status.ts';
import { useAction } from '../../../api/use-action.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { goTo } from '../../../state/view.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { switchProvider } from '../connection/switch-provider.ts';
import { DetailHeader } from '../detail/detail-header.tsx';
import { select } from '../selection.ts';
import { ErrorLine } from '../../../ui/error-line.tsx';

/** The cloud services in the registry; a button turns a service on and opens its key field. */
export function KnownServices({ registry }: { registry: RegistryView }) {
  const t = providersMessages.providers.add;
  const services = registry.providers.filter(({ kind }) => kind === 'cloud');
  return (
    <article aria-label={t.servicesTitle}>
      <DetailHeader title={t.servicesTitle} />
      <div className="flex max-w-180 flex-col gap-3 p-4">
        <p className="text-ink-soft">{t.serviceIntro}</p>
        <ul className="flex flex-col gap-2">
          {services.map((provider) => (
            <Service key={provider.name} provider={provider} features={registry.features} />
          ))}
        </ul>
      </div>
    </article>
  );
}

interface ServiceProps {
  provider: ProviderView;
  features: Readonly<Record<string, unknown>>;
}

function Service({ provider, features }: ServiceProps) {
  const t = providersMessages.providers.add;
  const { name, label, enabled, base, models } = provider;
  const { busy, error, run } = useAction();
  const needsKey = lacksKey(provider);
  const ready = enabled && !needsKey;
  const action = ready ? t.open : needsKey ? t.turnOnWithKey : t.turnOn;
  const enable = async () => {
    if (!enabled) await switchProvider(provider, features, true);
    if (needsKey) goTo('providers', name, 'connection', 'key');
    else select(name);
  };
  return (
    <li className="flex flex-col gap-1 rounded-md border border-line bg-raised px-3 py-2">
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="font-medium">{label}</h2>
        {ready && <Badge tone="ok">{t.isOn}</Badge>}
        <code className="num min-w-0 flex-1 truncate text-ink-faint">{base}</code>
        <Button disabled={busy} aria-label={t.serviceOf(action, label)} onClick={() => run(enable)}>
          {action}
        </Button>
      </div>
      <p className="text-sm text-ink-soft">{providersMessages.providers.count(models.length)}</p>
      <ErrorLine text={error && errorText(error)} />
    </li>
  );
}
