import type { Attempt } from '../../../contract/chat.ts';
import { messages } from '../../messages.ts';
import { formatDuration } from '../format.ts';

const t = messages.call;
const cell = 'py-0.5 pr-3 align-top';

/** Every attempt of a call, in order: retries, fallbacks, and the reason for each. */
export function AttemptTable({ attempts }: { attempts: readonly Attempt[] }) {
  return (
    <section aria-label={t.attempts}>
      <h3 className="mb-1 text-sm text-ink-faint">{t.attempts}</h3>
      <table className="w-full text-left">
        <thead className="sr-only">
          <tr>
            {Object.values(t.attempt).map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {attempts.map((attempt) => (
            <tr key={attempt.n}>
              <td className={`num ${cell} text-ink-faint`}>{attempt.n}</td>
              <td className={`num ${cell} wrap-anywhere`}>
                {attempt.provider} / {attempt.model}
                {attempt.key_last4 !== undefined && (
                  <span className="ml-1.5 text-ink-faint" title={messages.keys.keyNamed(attempt.key_last4)}>
                    {messages.keys.shown(attempt.key_last4)}
                  </span>
                )}
              </td>
              <td className={cell}>{t.reasons[attempt.reason]}</td>
              <td className={`${cell} min-w-10 break-words`} title={attempt.message}>
                {[attempt.status, attempt.code].filter((part) => part !== null).join(' ')}
              </td>
              <td className={`num ${cell} pr-0 text-right whitespace-nowrap`}>
                {formatDuration(attempt.ms)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
