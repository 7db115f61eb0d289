import { messages } from '../../messages.ts';
import { CodeBlock } from '../code-block.tsx';
import { AttemptTable } from './attempt-table.tsx';
import type { FailureFacts } from './failure-facts.ts';

const t = messages.errors;

/** The details of a failure, if present: invalid fields, schema problems, every attempt, the raw body. */
export function ErrorDetails({ facts: { fields, problems, attempts, body } }: { facts: FailureFacts }) {
  return (
    <>
      {fields.length > 0 && (
        <ul className="num">
          {fields.map(({ path, message }) => (
            <li key={`${path} ${message}`} className="wrap-anywhere">
              {path}: {message}
            </li>
          ))}
        </ul>
      )}
      {problems.length > 0 && (
        <ul className="num">
          {problems.map((problem) => (
            <li key={problem} className="wrap-anywhere">
              {problem}
            </li>
          ))}
        </ul>
      )}
      {attempts.length > 1 && <AttemptTable attempts={attempts} />}
      {body !== null && (
        <details>
          <summary className="w-fit text-sm text-ink-soft">{t.rawBody}</summary>
          <div className="mt-1">
            <CodeBlock label={t.rawBody} text={body} language="json" />
          </div>
        </details>
      )}
    </>
  );
}
