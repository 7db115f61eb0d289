import { useEffect, useState } from 'react';
import { formatDuration } from './format.ts';

/** What is happening and for how long; shows nothing for the first 150 ms. */
export function Elapsed({ doing, since }: { doing: string; since: number }) {
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 100);
    return () => clearInterval(timer);
  }, []);
  return (
    <span className="appear-late text-ink-soft" role="status">
      {doing} <span className="num">{formatDuration(Math.max(0, now - since))}</span>
    </span>
  );
}
