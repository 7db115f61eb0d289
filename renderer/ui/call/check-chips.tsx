import { Check, TriangleAlert } from 'lucide-react';
import type { CheckResult } from '../../../contract/pack-check.ts';
import { messages } from '../../messages.ts';
import { Badge } from '../badge.tsx';

/** A check that did not apply has neither passed nor failed. */
const wasMade = ({ ok, message }: CheckResult) => !ok || !message.startsWith('does not apply');

/** A failed check's problem in two or three words. */
function faultName({ id, kind, faults }: CheckResult): string {
  const { byKind, other } = messages.call.checks;
  const name = kind === undefined ? undefined : byKind[kind];
  return name === undefined ? other(id.replaceAll('-', ' ')) : name(faults ?? 1);
}

/** The results of the prompt pack's checks: failures as chips and text, or a note that all passed. */
export function CheckChips({ checks, brief = false }: { checks: readonly CheckResult[]; brief?: boolean }) {
  const completed = checks.filter(wasMade);
  const failed = completed.filter(({ ok }) => !ok);
  if (completed.length === 0) return null;
  return (
    <div role="group" aria-label={messages.call.checks.title} className="flex flex-col gap-1">
      <div className="flex flex-wrap gap-1">
        {failed.map((check) => (
          <Badge key={check.id} tone="bad" icon={TriangleAlert} title={check.message}>
            {faultName(check)}
          </Badge>
        ))}
        {failed.length === 0 && (
          <Badge tone="ok" icon={Check} title={completed.map(({ message }) => message).join('\n')}>
            {messages.call.checks.passed(completed.length)}
          </Badge>
        )}
      </div>
      {!brief && failed.length > 0 && (
        <ul className="text-sm text-ink-soft">
          {failed.map(({ id, message }) => (
            <li key={id} className="wrap-anywhere">
              {message.replace(/^not so: /, '')}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
