import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ErrorInfo } from '../../../contract/errors.ts';
import { connectionText } from '../../api/connection-text.ts';
import { errorParts } from '../../api/error-text.ts';
import { useOperation } from '../../api/use-operation.ts';
import { currentCatalogue, currentLanguage } from '../../i18n/current-language.ts';
import { messages } from '../../messages.ts';
import { CopyButton } from '../copy-button.tsx';
import { formatDuration } from '../format.ts';
import { HintLine } from '../hint-line.tsx';
import { ErrorDetails } from './error-details.tsx';
import { diagnosticOf, type FailureFacts, failureFacts } from './failure-facts.ts';
import { RefusedKey } from './refused-key.tsx';

const t = messages.errors;

interface ErrorCardProps {
  error: ErrorInfo;
  provider?: string | null;
  model?: string | null;
  /** Duration of the call. */
  ms?: number;
  /** The card is beside the key field, so it offers no way there. */
  isAtKey?: boolean;
  /** The one action that helps. */
  children?: ReactNode;
}

/** The provider's or adapter's name for people; its id until that is known. */
function useProviderLabel(name: string | null): string | null {
  const { data } = useOperation('registry.get', {}, { enabled: name !== null });
  const provider = data?.providers.find((one) => one.name === name);
  const adapter = data?.runtime.find(({ adapter_id: id }) => id === name);
  return adapter?.label ?? provider?.label ?? name;
}

/** A failed call: where and when, the provider's own message, then our hint on a separate line. */
export function ErrorCard({ error, provider, model, ms, isAtKey = false, children }: ErrorCardProps) {
  const facts = failureFacts(error);
  const name = facts.provider ?? provider ?? null;
  const label = useProviderLabel(name);
  const where = [label, facts.model ?? model, ms === undefined ? null : formatDuration(ms)];
  const what = facts.status === null ? error.code : `HTTP ${facts.status}`;
  return (
    <section role="alert" className="flex flex-col gap-2 rounded-md border border-bad/45 bg-bad-soft p-3">
      <h2 className="num flex items-center gap-2 text-bad">
        <CircleAlert size={14} aria-hidden="true" className="shrink-0" />
        <span className="min-w-0 wrap-anywhere">{[what, ...where].filter(Boolean).join(' · ')}</span>
      </h2>
      <Words error={error} facts={facts} provider={name} label={label} isAtKey={isAtKey}>
        {children}
      </Words>
      <ErrorDetails facts={facts} />
      <footer className="flex flex-wrap items-center gap-x-3 text-sm text-ink-soft">
        {facts.status !== null && <span className="num wrap-anywhere">{error.code}</span>}
        <span className="min-w-40 flex-1 truncate" title={error.request_id}>
          {error.request_id && (
            <>
              {t.requestId} <span className="num">{error.request_id}</span>
            </>
          )}
        </span>
        <CopyButton text={diagnosticOf(error, { provider, model, ms })} label={t.copyDiagnostic} />
      </footer>
    </section>
  );
}

/** Codes of failures without a reply: their message is the core's own, and not the provider's. */
const withoutReply = ['provider_unreachable', 'provider_timeout', 'provider_interrupted'];

interface WordsProps {
  error: ErrorInfo;
  isAtKey: boolean;
  facts: FailureFacts;
  provider: string | null;
  label: string | null;
  children: ReactNode;
}

/** What was said, by whom, and what to try; then the actions. */
function Words({ error, facts, provider, label, isAtKey, children }: WordsProps) {
  const isRefusedKey = error.code === 'provider_unauthorized';
  const isEnglish = currentLanguage() === 'en';
  const connection = connectionText(error.details?.connection);
  const isOurs = !isEnglish && facts.status === null && withoutReply.includes(error.code);
  const verbatim = isOurs ? null : facts.verbatim;
  const own = t.hints[error.code];
  // The core's hints are more precise, but in English only.
  const cut = facts.cutAt === null ? null : messages.errors.cut(facts.cutAt);
  const hint = cut ?? connection?.hint ?? (isEnglish ? (facts.hint ?? own) : (own ?? facts.hint));
  const { text, original } = errorParts(error);
  // Main includes the provider's message in its own; it is shown only once.
  const repeats = verbatim !== null && error.message.includes(verbatim);
  // The advice says that a key was refused: it knows whether one was sent.
  const isRepeated = (original === null && repeats) || isRefusedKey;
  const ours = verbatim === null || isRepeated ? null : text;
  return (
    <>
      {verbatim !== null && label !== null && <p className="-mb-2 text-sm text-ink-soft">{t.says(label)}</p>}
      <p className="font-medium wrap-anywhere whitespace-pre-wrap">{verbatim ?? text}</p>
      {ours && <p className="text-ink-soft wrap-anywhere">{ours}</p>}
      {original !== null && !repeats && (
        <p className="text-sm text-ink-soft wrap-anywhere">
          {currentCatalogue()?.errors.original}
          <span lang="en">{original}</span>
        </p>
      )}
      {!isRefusedKey && hint && <HintLine>{hint}</HintLine>}
      {isRefusedKey && (
        <RefusedKey providerName={provider} hint={hint} isAtKey={isAtKey}>
          {children}
        </RefusedKey>
      )}
      {facts.retryAfterMs !== null && <p>{t.retryAfter(formatDuration(facts.retryAfterMs))}</p>}
      {!isRefusedKey && children}
    </>
  );
}
