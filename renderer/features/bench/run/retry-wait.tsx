import { Hourglass } from 'lucide-react';
import { useEffect, useState } from 'react';
import { limitsMessages } from '../../../messages/limits-messages.ts';
import { messages } from '../../../messages.ts';
import { Button } from '../../../ui/button.tsx';
import { formatDuration, sentenceGap } from '../../../ui/format.ts';
import type { Run } from './run-store.ts';
import { sendNow } from './start-run.ts';

/** Milliseconds until `until`, counting down to 0. */
export function useCountdown(until: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, until - now);
}

/** During the wait before a retry: the reason, the remaining time, and a button to send now. */
export function RetryWait({ run }: { run: Run }) {
  return run.waiting === null ? null : <Waiting key={run.waiting.until} run={run} wait={run.waiting} />;
}

function Waiting({ run, wait }: { run: Run; wait: NonNullable<Run['waiting']> }) {
  const left = useCountdown(wait.until);
  const t = messages.bench.wait;
  const why = wait.isLimit && !wait.asked ? limitsMessages.wait : wait.asked ? t.asked : t.again;
  return (
    <section
      aria-label={t.title}
      className="flex flex-col gap-1.5 rounded-md border border-warn/45 bg-warn-soft p-3"
    >
      <p role="status" className="flex flex-wrap items-center gap-2">
        <Hourglass size={14} aria-hidden="true" className="shrink-0 text-warn" />
        <span className="min-w-0 flex-1">
          {why(run.provider ?? run.target.provider ?? '')}
          {sentenceGap()}
          <span className="num">{left === 0 ? t.sending : t.left(formatDuration(left))}</span>
        </span>
        <Button onClick={() => void sendNow(run)}>{t.sendNow}</Button>
      </p>
      <p className="text-sm text-ink-soft wrap-anywhere">
        {[wait.status === null ? null : `HTTP ${wait.status}`, wait.message].filter(Boolean).join(' · ')}
      </p>
    </section>
  );
}
