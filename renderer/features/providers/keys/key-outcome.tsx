import { CircleCheck, CircleOff } from 'lucide-react';
import type { ErrorCode, ErrorInfo } from '../../../../contract/errors.ts';
import type { Diagnostics, ProviderView } from '../../../../contract/provider.ts';
import { narrowestFlag } from '../../../api/provider-status.ts';
import { useCommand } from '../../../api/use-command.ts';
import { messages } from '../../../messages.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorCard } from '../../../ui/call/error-card.tsx';
import { formatDuration } from '../../../ui/format.ts';
import type { KeyOutcome } from './use-key.ts';
import { ErrorLine } from '../../../ui/error-line.tsx';

const t = messages.keys;

const codes: Partial<Record<Diagnostics['status'], ErrorCode>> = {
  unauthorized: 'provider_unauthorized',
  unreachable: 'provider_unreachable',
  missing_key: 'missing_key',
};

/** The result of a check for the error card: status, then the provider's own message. */
function asError({ status, message, connection }: Diagnostics, provider: string): ErrorInfo {
  const [, http, text] = /^HTTP (\d{3}): (.*)$/s.exec(message) ?? [];
  const upstreamFields = http ? { upstream_status: Number(http), upstream_message: text } : {};
  return {
    code: codes[status] ?? 'provider_error',
    message,
    details: { provider, ...upstreamFields, ...(connection && { connection }) },
    request_id: '',
  };
}

interface KeyOutcomeProps {
  provider: ProviderView;
  outcome: KeyOutcome;
  /** Where the key is stored, in a few words. */
  where: string;
  onCheck: () => void;
}

/** The result of saving or checking a key. */
export function KeyOutcomeLine({ provider, outcome, where, onCheck }: KeyOutcomeProps) {
  if (outcome.kind === 'refused') return <ErrorCard error={outcome.error} provider={provider.name} isAtKey />;
  const { diagnostics } = outcome;
  if (diagnostics.status === 'ok') return <Found diagnostics={diagnostics} where={where} />;
  if (diagnostics.status === 'disabled') return <SwitchedOff provider={provider} onCheck={onCheck} />;
  return (
    <ErrorCard
      error={asError(diagnostics, provider.name)}
      isAtKey
      {...(diagnostics.latency_ms === null ? {} : { ms: diagnostics.latency_ms })}
    >
      <p className="text-ink-soft">{t.stays}</p>
    </ErrorCard>
  );
}

function Found({ diagnostics, where }: { diagnostics: Diagnostics; where: string }) {
  const parts = [
    t.ok,
    diagnostics.latency_ms === null ? null : formatDuration(diagnostics.latency_ms),
    diagnostics.models_found === undefined ? null : t.models(diagnostics.models_found),
    where,
  ];
  return (
    <p className="num flex items-center gap-1.5 text-ok">
      <CircleCheck size={13} aria-hidden="true" className="shrink-0" />
      {parts.filter(Boolean).join(' · ')}
    </p>
  );
}

function SwitchedOff({ provider, onCheck }: Pick<KeyOutcomeProps, 'provider' | 'onCheck'>) {
  const setFeature = useCommand('features.set');
  const flag = narrowestFlag(provider);
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <CircleOff size={13} aria-hidden="true" className="shrink-0 text-ink-faint" />
      <span>{t.savedNotChecked(provider.label)}</span>
      {flag !== null && (
        <Button
          disabled={setFeature.isPending}
          title={t.setsFlag(flag)}
          onClick={() => setFeature.mutate({ flag, enabled: true }, { onSuccess: onCheck })}
        >
          {t.turnOn}
        </Button>
      )}
      <ErrorLine text={setFeature.error?.message} />
    </p>
  );
}
