import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ErrorInfo } from '../../../contract/errors.ts';
import { errorParts } from '../../api/error-text.ts';
import { currentCatalogue, currentLanguage } from '../../i18n/current-language.ts';
import { messages } from '../../messages.ts';
import { CopyButton } from '../copy-button.tsx';
import { formatDuration } from '../format.ts';
import { HintLine } from '../hint-line.tsx';
import { ErrorDetails } from './error-details.tsx';
import { type FailureFacts, failureFacts } from './failure-facts.ts';
import { RefusedKey } from './refused-key.tsx';

interface CallFacts {
  provider?: string | null;
  model?: string | null;
  ms?: number;
}

/** A failure as text for a bug report. Main has cut the secrets out; messages that were sent are not in it. */
export function diagnosticOf(error: ErrorInfo, call: CallFacts): string {
  const { plan: _plan, ...details } = error.details ?? {};
  return JSON.stringify(
    { ...call, code: error.code, message: error.message, request_id: error.request_id, details },
    null,
    2,
  );
}

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

/** A failed call: where and when, the provider's own message, then our hint on a separate line. */
export function ErrorCard({ error, provider, model, ms, isAtKey = false, children }: ErrorCardProps) {
  const facts = failureFacts(error);
  const where = [
    facts.provider ?? provider,
    facts.model ?? model,
    ms === undefined ? null : formatDuration(ms),
  ];
  const what = facts.status === null ? error.code : `HTTP ${facts.status}`;
  return (
    <section role="alert" className="flex flex-col gap-2 rounded-md border border-bad/45 bg-bad-soft p-3">
      <h2 className="num flex items-center gap-2 text-bad">
        <CircleAlert size={14} aria-hidden="true" className="shrink-0" />
        <span className="min-w-0 wrap-anywhere">{[what, ...where].filter(Boolean).join(' · ')}</span>
      </h2>
      <Words error={error} facts={facts} provider={facts.provider ?? provider ?? null} isAtKey={isAtKey} />
      {children}
      <ErrorDetails facts={facts} />
      <footer className="flex items-center gap-x-3 text-sm text-ink-soft">
        {facts.status !== null && <span className="num shrink-0">{error.code}</span>}
        <span className="min-w-0 flex-1 truncate" title={error.request_id}>
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

interface WordsProps {
  error: ErrorInfo;
  isAtKey: boolean;
  facts: FailureFacts;
  provider: string | null;
}

function Words({ error, facts, provider, isAtKey }: WordsProps) {
  const own = t.hints[error.code];
  // The core's hints are more precise, but in English only.
  const cut = facts.cutAt === null ? null : messages.errors.cut(facts.cutAt);
  const hint = cut ?? (currentLanguage() === 'en' ? (facts.hint ?? own) : (own ?? facts.hint));
  const { text, original } = errorParts(error);
  // Main includes the provider's message in its own; it is shown only once.
  const repeats = facts.verbatim !== null && error.message.includes(facts.verbatim);
  const ours = facts.verbatim === null || (original === null && repeats) ? null : text;
  return (
    <>
      <p className="font-medium wrap-anywhere whitespace-pre-wrap">{facts.verbatim ?? text}</p>
      {ours && <p className="text-ink-soft wrap-anywhere">{ours}</p>}
      {original !== null && !repeats && (
        <p className="text-sm text-ink-soft wrap-anywhere">
          {currentCatalogue()?.errors.original}: <span lang="en">{original}</span>
        </p>
      )}
      {error.code === 'provider_unauthorized' ? (
        <RefusedKey providerName={provider} hint={hint} isAtKey={isAtKey} />
      ) : (
        hint && <HintLine>{hint}</HintLine>
      )}
      {facts.retryAfterMs !== null && <p>{t.retryAfter(formatDuration(facts.retryAfterMs))}</p>}
    </>
  );
}
