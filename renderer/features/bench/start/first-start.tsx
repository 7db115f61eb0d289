import { FlaskConical, KeyRound } from 'lucide-react';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import { keyPages } from '../../../../contract/vendor-links.ts';
import { lacksKey } from '../../../api/provider-status.ts';
import { messages } from '../../../messages.ts';
import { goTo } from '../../../state/view.ts';
import { Button } from '../../../ui/button.tsx';
import { VendorLink } from '../../../ui/vendor-link.tsx';
import { FindServerCard } from './find-server-card.tsx';
import { StartCard } from './start-card.tsx';
import { tryOffline } from './try-offline.ts';

/** Three ways to a first reply: a model on this computer, a cloud key, or neither. */
export function FirstStart({ registry }: { registry: RegistryView }) {
  const t = messages.bench.start;
  return (
    <section aria-label={t.title} className="@container p-3">
      <h2 className="mb-2 font-medium">{t.title}</h2>
      <div className="grid gap-2.5 @xl:grid-cols-3">
        <FindServerCard />
        <KeyCard registry={registry} />
        <OfflineCard />
      </div>
    </section>
  );
}

function KeyCard({ registry }: { registry: RegistryView }) {
  const t = messages.bench.start;
  const vendors = registry.providers.filter(
    (provider) => keyPages[provider.name] !== undefined && lacksKey(provider),
  );
  return (
    <StartCard icon={KeyRound} title={t.key}>
      <p className="text-sm text-ink-soft">{t.keyHelp}</p>
      <ul className="flex flex-wrap gap-2">
        {vendors.map(({ name, label }) => (
          <li key={name}>
            <Button aria-label={t.addKey(label)} onClick={() => goTo('providers', name, 'connection', 'key')}>
              {label}
            </Button>
          </li>
        ))}
      </ul>
      <p className="text-sm text-ink-soft">{t.noKey}</p>
      <ul className="flex flex-wrap gap-x-3 text-sm">
        {vendors.map(({ name, label }) => (
          <li key={name}>
            <VendorLink to={keyPages[name]!} label={t.getKey(label)}>
              {label}
            </VendorLink>
          </li>
        ))}
      </ul>
    </StartCard>
  );
}

function OfflineCard() {
  const t = messages.bench.start;
  return (
    <StartCard icon={FlaskConical} title={t.offline}>
      <p className="text-sm text-ink-soft">{t.offlineHelp}</p>
      <Button onClick={() => void tryOffline()}>{t.offlineButton}</Button>
    </StartCard>
  );
}
