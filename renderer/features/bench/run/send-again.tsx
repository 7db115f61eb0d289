import { Send } from 'lucide-react';
import { messages } from '../../../messages.ts';
import { Button } from '../../../ui/button.tsx';
import { failureFacts } from '../../../ui/call/failure-facts.ts';
import { formatDuration } from '../../../ui/format.ts';
import { useCountdown } from './retry-wait.tsx';
import type { Run } from './run-store.ts';
import { startRun } from './start-run.ts';

/**
 * After a refusal whose wait is too long for an automatic retry: the remaining time, and a button to send
 * anyway.
 */
export function SendAgain({ run }: { run: Run }) {
  const retryAfterMs = run.error ? failureFacts(run.error).retryAfterMs : null;
  const left = useCountdown((run.endedAt ?? 0) + (retryAfterMs ?? 0));
  const t = messages.bench.wait;
  if (retryAfterMs === null || run.kind !== 'live') return null;
  const column = { id: run.column, target: run.target };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button look="live" onClick={() => void startRun('live', column, run.benchInput, true)}>
        <Send size={13} aria-hidden="true" />
        {t.sendNow}
      </Button>
      <span className="num text-sm text-ink-soft" role="status">
        {left === 0 ? t.over : t.left(formatDuration(left))}
      </span>
    </div>
  );
}
