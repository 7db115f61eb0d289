import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DryRunAnswer } from '../../../contract/chat.ts';
import { reasonText } from '../../api/reason-text.ts';
import { warningText } from '../../api/warning-text.ts';
import { messages } from '../../messages.ts';
import { SincePrevious } from './since-previous.tsx';

const t = messages.call;

function asText(value: unknown): string {
  return value === undefined ? t.absent : JSON.stringify(value);
}

interface ChangesTabProps {
  answer: DryRunAnswer;
  /** The plan of the previous run, for comparison. */
  previous: DryRunAnswer | null;
}

/** Everything that differs from the caller's input, and from the previous run. */
export function ChangesTab({ answer, previous }: ChangesTabProps) {
  const { applied, dropped, rewritten, warning_details: warnings, options } = answer;
  return (
    <div className="flex flex-col gap-4 p-3">
      {warnings.length > 0 && (
        <Part title={t.warnings}>
          {warnings.map((warning) => (
            <li key={warning.message} className="flex gap-2">
              <TriangleAlert size={13} aria-hidden="true" className="mt-0.5 shrink-0 text-warn" />
              <span className="min-w-0 wrap-anywhere">{warningText(warning)}</span>
            </li>
          ))}
        </Part>
      )}
      {dropped.length > 0 && (
        <Part title={t.dropped}>
          {dropped.map((one, at) => (
            <li key={at}>
              <code className="num font-medium line-through">{one.param}</code>
              <p className="text-sm text-ink-soft">{reasonText(one)}</p>
            </li>
          ))}
        </Part>
      )}
      {rewritten.length > 0 && (
        <Part title={t.rewritten}>
          {rewritten.map((one, at) => (
            <li key={at}>
              <code className="num font-medium wrap-anywhere">{one.path}</code>
              <p className="num wrap-anywhere">
                <span className="text-ink-faint">{asText(one.from)}</span> → {asText(one.to)}
              </p>
              <p className="text-sm text-ink-soft">{reasonText(one)}</p>
            </li>
          ))}
        </Part>
      )}
      {dropped.length + rewritten.length === 0 && <p className="text-ink-soft">{t.nothingLost}</p>}
      <Part title={t.applied}>
        {applied.length === 0 && <li className="text-ink-soft">{t.noneApplied}</li>}
        {applied.map((param) => (
          <li key={param} className="num flex gap-2">
            <span>{param}</span>
            {param in options && <span className="text-ink-soft">{asText(options[param])}</span>}
          </li>
        ))}
      </Part>
      {previous && <SincePrevious answer={answer} previous={previous} />}
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="mb-1 text-sm text-ink-faint">{title}</h3>
      <ul className="flex flex-col gap-1.5">{children}</ul>
    </section>
  );
}
