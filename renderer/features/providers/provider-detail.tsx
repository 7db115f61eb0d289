import type { ProviderView } from '../../../contract/provider.ts';
import { keyVariable, narrowestFlag } from '../../api/provider-standing.ts';
import { messages } from '../../messages.ts';
import { goTo } from '../../state/place.ts';
import { setTarget } from '../../state/target.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { FactList } from '../../ui/facts.tsx';
import { FlagSwitch } from './flag-switch.tsx';
import { HealthLine } from './health-line.tsx';
import { ModelsTable } from './models-table.tsx';
import { useHealth } from './use-health.ts';

const words = messages.providers;

/** One provider: how it is reached, what is missing, what it offers. */
export function ProviderDetail({ provider }: { provider: ProviderView }) {
  const health = useHealth().byName.get(provider.name);
  const flag = narrowestFlag(provider);
  const tryIt = () => {
    setTarget({ provider: provider.name, model: null, preset: null });
    goTo('bench');
  };
  return (
    <article aria-label={provider.label}>
      <header className="flex min-h-10 flex-wrap items-center gap-2 border-b border-line px-4 py-1.5">
        <h1 className="text-lg font-semibold">{provider.label}</h1>
        <code className="num text-ink-faint">{provider.name}</code>
        <Badge>{provider.kind}</Badge>
        <span className="flex-1" />
        <Button onClick={tryIt}>{words.tryIt}</Button>
      </header>
      <section aria-label={words.connection} className="flex flex-col gap-3 border-b border-line p-4">
        <FactList
          facts={[
            { label: words.baseUrl, value: <code className="num">{provider.base_url || messages.ui.none}</code> },
            { label: words.adapter, value: <code className="num">{provider.adapter}</code> },
            { label: words.key, value: <KeyState provider={provider} /> },
            ...(flag === null ? [] : [{ label: words.flag, value: <FlagSwitch flag={flag} enabled={provider.enabled} /> }]),
            { label: words.timeout, value: <span className="num">{words.seconds(provider.timeout)}</span> },
            { label: words.origin, value: words.origins[provider.origin] },
            { label: words.tags, value: provider.tags.join(', ') || messages.ui.none },
            { label: words.health, value: <HealthLine health={health} /> },
          ]}
        />
      </section>
      <ModelsTable models={provider.models} />
    </article>
  );
}

function KeyState({ provider: { name, credentials } }: { provider: ProviderView }) {
  if (credentials.present) {
    const source = credentials.source === null ? '' : words.keyFrom(credentials.source);
    return (
      <span className="num">
        ••••{credentials.last4} <span className="text-ink-faint">{source}</span>
      </span>
    );
  }
  if (!credentials.required) return <>{words.keyNotNeeded}</>;
  return (
    <span className="text-warn">
      {words.keyMissing} <code className="num">{keyVariable(name)}</code>
    </span>
  );
}
