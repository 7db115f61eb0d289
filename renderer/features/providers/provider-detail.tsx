import type { ProviderView } from '../../../contract/provider.ts';
import { messages } from '../../messages.ts';
import { Button } from '../../ui/button.tsx';
import type { Fact } from '../../ui/facts.tsx';
import { FactList } from '../../ui/facts.tsx';
import { DetailHeader } from './detail-header.tsx';
import { FlagSwitches } from './flag-switches.tsx';
import { HealthLine } from './health-line.tsx';
import { KeyState } from './key-state.tsx';
import { ModelsTable } from './models-table.tsx';
import { tryOnBench } from './try-on-bench.ts';
import { useHealth } from './use-health.ts';

const words = messages.providers;

interface ProviderDetailProps {
  provider: ProviderView;
  features: Readonly<Record<string, unknown>>;
}

/** One provider: how it is reached, what is missing, what it offers. */
export function ProviderDetail({ provider, features }: ProviderDetailProps) {
  const health = useHealth().byName.get(provider.name);
  const isOn = (flag: string) => features[flag] === true;
  const switchedOff = !provider.enabled && (provider.flags.length === 0 || provider.flags.some(isOn));
  const facts: Fact[] = [
    { label: words.baseUrl, value: <code className="num">{provider.base_url || words.noBaseUrl}</code> },
    { label: words.adapter, value: <code className="num">{provider.adapter}</code> },
    { label: words.key, value: <KeyState provider={provider} /> },
  ];
  if (provider.flags.length > 0) {
    facts.push({
      label: words.calls,
      value: <FlagSwitches flags={provider.flags} isOn={isOn} />,
    });
  }
  if (switchedOff) facts.push({ label: words.groups.off, value: words.switchedOff });
  facts.push(
    { label: words.timeout, value: <span className="num">{words.seconds(provider.timeout)}</span> },
    { label: words.origin, value: words.origins[provider.origin] },
    { label: words.health, value: <HealthLine health={health} /> },
  );
  return (
    <article aria-label={provider.label}>
      <DetailHeader title={provider.label} id={provider.name} kind={provider.kind}>
        <Button onClick={() => tryOnBench(provider.name)}>{words.tryIt}</Button>
      </DetailHeader>
      <section aria-label={words.connection} className="border-b border-line p-4">
        <FactList facts={facts} />
      </section>
      <ModelsTable provider={provider} />
    </article>
  );
}
