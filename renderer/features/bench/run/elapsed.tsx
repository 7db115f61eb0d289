import { useEffect, useState } from 'react';
import { messages } from '../../../messages.ts';
import { formatDuration } from '../../../ui/format.ts';
import type { Run } from './run-store.ts';

const t = messages.bench;

/** What is going on, in words, and for how long; says nothing for the first 150 ms. */
export function Elapsed({ run }: { run: Run }) {
  const [now, setNow] = useState(run.startedAt);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 100);
    return () => clearInterval(timer);
  }, []);
  const doing = run.kind === 'plan' ? t.planning : run.text === '' ? t.sending : t.receiving;
  return (
    <span className="appear-late" role="status">
      {doing} <span className="num">{formatDuration(Math.max(0, now - run.startedAt))}</span>
    </span>
  );
}
