import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ErrorInfo } from '../../../contract/errors.ts';
import { messages } from '../../messages.ts';
import { CopyButton } from '../copy-button.tsx';
import { formatDuration } from '../format.ts';
import { diagnosticOf } from './diagnostic.ts';
import { ErrorDetails } from './error-details.tsx';
import type { FailureFacts } from './failure-facts.ts';
import { failureFacts } from './failure-facts.ts';

const words = messages.errors;

interface ErrorCardProps {
  error: ErrorInfo;
  provider?: string | null;
  model?: string | null;
  /** How long the call took. */
  ms?: number;
  /** The one step that helps. */
  children?: ReactNode;
}

/** A failed call: where and when, the provider's own words, then our hint as a line of its own. */
export function ErrorCard({ error, provider, model, ms, children }: ErrorCardProps) {
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
      <Words error={error} facts={facts} />
      {children}
      <ErrorDetails facts={facts} />
      <footer className="flex items-center gap-x-3 text-sm text-ink-soft">
        {facts.status !== null && <span className="num shrink-0">{error.code}</span>}
        <span className="min-w-0 flex-1 truncate" title={error.request_id}>
          {error.request_id && (
            <>
              {words.requestId} <span className="num">{error.request_id}</span>
            </>
          )}
        </span>
        <CopyButton text={diagnosticOf(error, { provider, model, ms })} label={words.copyDiagnostic} />
      </footer>
    </section>
  );
}

function Words({ error, facts }: { error: ErrorInfo; facts: FailureFacts }) {
  const cut = facts.cutAt === null ? null : messages.errors.cut(facts.cutAt);
  const hint = cut ?? facts.hint ?? words.hints[error.code];
  // Main puts the provider's words into its own message: said once is enough.
  const ours = facts.verbatim !== null && !error.message.includes(facts.verbatim) ? error.message : null;
  return (
    <>
      <p className="font-medium wrap-anywhere whitespace-pre-wrap">{facts.verbatim ?? error.message}</p>
      {ours && <p className="text-ink-soft wrap-anywhere">{ours}</p>}
      {hint && (
        <p>
          <span className="text-sm text-ink-soft">{words.hint}: </span>
          {hint}
        </p>
      )}
      {facts.retryAfterMs !== null && <p>{words.retryAfter(formatDuration(facts.retryAfterMs))}</p>}
    </>
  );
}
