import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { LogLevel } from '../../../../contract/log-line.ts';

/** A level in its word; what needs a look has an icon and a colour too. */
export function LevelMark({ level }: { level: LogLevel }) {
  const bad = level === 'error' || level === 'fatal';
  if (!bad && level !== 'warn') return <span className="text-ink-faint">{level}</span>;
  const Icon = bad ? CircleAlert : TriangleAlert;
  return (
    <span className={`inline-flex items-center gap-1 ${bad ? 'text-bad' : 'text-warn'}`}>
      <Icon size={11} aria-hidden="true" />
      {level}
    </span>
  );
}
