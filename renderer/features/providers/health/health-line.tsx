import type { Diagnostics } from '../../../../contract/provider.ts';
import { checkText } from '../../../api/connection-text.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { formatDuration, formatTime } from '../../../ui/format.ts';

const t = providersMessages.providers;

/** The last check of a provider in one line. */
export function HealthLine({ health }: { health: Diagnostics | undefined }) {
  if (!health) return <span className="text-ink-faint">{t.notChecked}</span>;
  const parts = [
    t.status[health.status],
    health.latency_ms === null ? null : formatDuration(health.latency_ms),
    health.models_found === undefined ? null : t.modelsFound(health.models_found),
  ].filter(Boolean);
  const isOk = health.status === 'ok';
  return (
    <>
      <span className={isOk ? 'text-ok' : 'text-ink'}>{parts.join(' · ')}</span>
      <span className="ml-2 text-sm text-ink-faint">{formatTime(Date.parse(health.checked_at))}</span>
      {!isOk && <p className="text-ink-soft">{checkText(health)}</p>}
    </>
  );
}
