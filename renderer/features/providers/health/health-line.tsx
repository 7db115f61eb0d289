import { CircleAlert, KeyRound } from 'lucide-react';
import type { Diagnostics } from '../../../../contract/provider.ts';
import { checkText, connectionText } from '../../../api/connection-text.ts';
import { currentLanguage } from '../../../i18n/current-language.ts';
import { messages } from '../../../messages.ts';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { formatDuration, formatTime } from '../../../ui/format.ts';
import { HintLine } from '../../../ui/hint-line.tsx';

const t = providersMessages.providers;

/** Our advice for a failed check. The core's is more precise, but in English only. */
function adviceFor({ status, hint, connection }: Diagnostics, keyPresent: boolean): string | undefined {
  const { hints, keyWanted } = messages.errors;
  if (status === 'unauthorized') return keyPresent ? hints.provider_unauthorized : keyWanted;
  if (hint !== undefined && currentLanguage() === 'en') return hint;
  const translated = connectionText(connection)?.hint;
  if (translated) return translated;
  return status === 'unreachable' ? hints.provider_unreachable : undefined;
}

interface HealthLineProps {
  health: Diagnostics | undefined;
  /** Whether a key is set, as far as is known: only then can it be the key that was refused. */
  keyPresent?: boolean;
}

/** The last check: its result and time, and for a failure the message and what to try. */
export function HealthLine({ health, keyPresent = true }: HealthLineProps) {
  if (!health) return <span className="text-ink-faint">{t.notChecked}</span>;
  const time = <span className="text-sm text-ink-faint">{formatTime(Date.parse(health.checked_at))}</span>;
  if (health.status === 'ok') {
    const parts = [
      t.status.ok,
      // Only a check is timed.
      health.latency_ms === null ? t.answeredCall : formatDuration(health.latency_ms),
      health.models_found === undefined ? null : t.modelsFound(health.models_found),
    ];
    return (
      <p className="flex items-center gap-2">
        <span className="text-ok">{parts.filter(Boolean).join(' · ')}</span>
        {time}
      </p>
    );
  }
  const needsKey = health.status === 'missing_key' || (health.status === 'unauthorized' && !keyPresent);
  const isOff = health.status === 'disabled';
  // The core names the flag and its file, for people without this page's switch.
  const byFlag = health.message_detail?.code === 'flag_off';
  const Icon = needsKey ? KeyRound : CircleAlert;
  const advice = adviceFor(health, keyPresent);
  return (
    <>
      <p className="flex items-center gap-2">
        <span className={`flex items-center gap-1.5 ${isOff ? '' : needsKey ? 'text-warn' : 'text-bad'}`}>
          {!isOff && <Icon size={13} aria-hidden="true" className="shrink-0" />}
          {needsKey ? t.groups.needs_key : t.status[health.status]}
        </span>
        {time}
      </p>
      {/* The advice has its own line. */}
      {byFlag ? (
        <p title={checkText(health)} className="text-ink-soft">
          {t.offByFlag}
        </p>
      ) : (
        <p className="wrap-anywhere text-ink-soft">{checkText(health)}</p>
      )}
      {advice && <HintLine>{advice}</HintLine>}
    </>
  );
}
