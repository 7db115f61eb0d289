import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ErrorInfo } from '../../../contract/errors.ts';
import { messages } from '../../messages.ts';
import { CodeBlock } from '../code-block.tsx';
import { CopyButton } from '../copy-button.tsx';
import { formatDuration } from '../format.ts';
import { diagnosticOf } from './diagnostic.ts';
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
  const head = [
    facts.status === null ? error.code : `HTTP ${facts.status}`,
    facts.provider ?? provider,
    facts.model ?? model,
    ms === undefined ? null : formatDuration(ms),
  ].filter(Boolean);
  const hint = facts.hint ?? words.hints[error.code];
  return (
    <section role="alert" className="flex flex-col gap-2 rounded-md border border-bad/45 bg-bad-soft p-3">
      <h2 className="num flex items-center gap-2 text-bad">
        <CircleAlert size={14} aria-hidden="true" className="shrink-0" />
        <span className="min-w-0 wrap-anywhere">{head.join(' · ')}</span>
      </h2>
      <p className="font-medium wrap-anywhere whitespace-pre-wrap">{facts.verbatim ?? error.message}</p>
      {facts.verbatim !== null && !error.message.includes(facts.verbatim) && (
        <p className="text-ink-soft wrap-anywhere">{error.message}</p>
      )}
      {facts.fields.length > 0 && (
        <ul className="num">
          {facts.fields.map(({ path, message }) => (
            <li key={`${path}${message}`}>
              {path}: {message}
            </li>
          ))}
        </ul>
      )}
      {hint && (
        <p>
          <span className="text-sm text-ink-soft">{words.hint}: </span>
          {hint}
        </p>
      )}
      {children}
      {facts.body !== null && (
        <details>
          <summary className="text-sm text-ink-soft">{words.rawBody}</summary>
          <div className="mt-1">
            <CodeBlock label={words.rawBody} text={facts.body} language="json" />
          </div>
        </details>
      )}
      <footer className="flex flex-wrap items-center gap-x-3 text-sm text-ink-soft">
        {facts.status !== null && <span className="num">{error.code}</span>}
        {error.request_id && (
          <span className="min-w-0 wrap-anywhere">
            {words.requestId} <span className="num">{error.request_id}</span>
          </span>
        )}
        <span className="flex-1" />
        <CopyButton text={diagnosticOf(error, { provider, model, ms })} label={words.copyDiagnostic} />
      </footer>
    </section>
  );
}
