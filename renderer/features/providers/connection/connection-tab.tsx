import type { ProviderView } from '../../../../contract/provider.ts';
import { useOperation } from '../../../api/use-operation.ts';
import { messages } from '../../../messages.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import type { Fact } from '../../../ui/facts.tsx';
import { FactList } from '../../../ui/facts.tsx';
import { QueryFailure } from '../../../ui/query-failure.tsx';
import { ConnectionForm } from './connection-form.tsx';
import { LimitsSection } from './limits-section.tsx';
import { FlagSwitches } from './flag-switches.tsx';
import { useHealth, useProviderHealth } from '../../../api/provider-health.ts';
import { HealthLine } from '../health/health-line.tsx';
import { KeyCard } from '../keys/key-card.tsx';
import { TestCall } from './test-call.tsx';

const t = providersMessages.providers;

interface ConnectionTabProps {
  provider: ProviderView;
  features: Readonly<Record<string, unknown>>;
}

/**
 * How a provider is reached: what is missing, what can be changed, and a test call through the server's own
 * pipeline.
 */
export function ConnectionTab({ provider, features }: ConnectionTabProps) {
  const { name } = provider;
  const saved = useOperation('providers.get', { name });
  const health = useProviderHealth(provider);
  const asking = useHealth((state) => state.asking.has(name));
  const isOn = (flag: string) => features[flag] === true;
  const switchedOff = !provider.enabled && (provider.flags.length === 0 || provider.flags.some(isOn));
  const takesKey = provider.kind !== 'stub';
  const key = takesKey ? <KeyCard provider={provider} /> : messages.keys.notNeeded;
  const facts: Fact[] = [{ label: t.key, value: key }];
  if (provider.flags.length > 0)
    facts.push({
      label: t.calls,
      value: (
        <details>
          <summary className="cursor-default text-ink-soft">
            {t.flagsOf(provider.flags.filter(isOn).length)}
          </summary>
          <div className="pt-1">
            <FlagSwitches flags={provider.flags} isOn={isOn} />
          </div>
        </details>
      ),
    });
  if (switchedOff) facts.push({ label: t.groups.off, value: t.switchedOff });
  facts.push(
    {
      label: t.health,
      value: asking ? t.asking : <HealthLine health={health} keyPresent={provider.credentials.present} />,
    },
    { label: t.adapter, value: <code className="num">{provider.adapter}</code> },
    { label: t.origin, value: saved.data?.file ?? t.origins[provider.origin] },
  );
  return (
    <div className="@container">
      <div className="grid max-w-420 items-start @5xl:grid-cols-2">
        <div className="flex max-w-180 min-w-0 flex-col">
          <section aria-label={t.connection} className="p-4">
            <FactList facts={facts} />
          </section>
          {saved.error && <QueryFailure error={saved.error.info} onRetry={() => void saved.refetch()} />}
          {saved.data && (
            <ConnectionForm
              key={JSON.stringify(saved.data.provider)}
              saved={saved.data}
              effective={provider}
            />
          )}
          <LimitsSection name={name} />
        </div>
        <TestCall provider={provider} />
      </div>
    </div>
  );
}
