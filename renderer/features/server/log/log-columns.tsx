import type { LogLine, LogLevel } from '../../../../contract/log-line.ts';
import { serverMessages } from '../../../messages/server-messages.ts';
import type { Column } from '../../../ui/data-table/column.ts';
import { showCall } from '../show-call.ts';
import { CircleAlert, TriangleAlert } from 'lucide-react';

/** A level as text; warnings and errors also have an icon and a colour. */
function LevelMark({ level }: { level: LogLevel }) {
  const isError = level === 'error' || level === 'fatal';
  if (!isError && level !== 'warn') return <span className="text-ink-faint">{level}</span>;
  const Icon = isError ? CircleAlert : TriangleAlert;
  return (
    <span className={`inline-flex items-center gap-1 ${isError ? 'text-bad' : 'text-warn'}`}>
      <Icon size={11} aria-hidden="true" />
      {level}
    </span>
  );
}

const t = serverMessages.server.log;

/** `2026-11-22T09:30:01.250Z` → the time of day in the window's time zone, to the millisecond. */
export function timeOf(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '';
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

export const logColumns: readonly Column<LogLine>[] = [
  {
    id: 'time',
    header: () => t.time,
    width: 128,
    mono: true,
    cell: ({ at }) => timeOf(at),
    title: ({ at }) => at,
  },
  { id: 'level', header: () => t.levelHead, width: 72, cell: ({ level }) => <LevelMark level={level} /> },
  {
    id: 'message',
    header: () => t.message,
    width: 260,
    grow: 1,
    // The message comes first; the fields take what is left of the line.
    cell: ({ message, rest }) => (
      <span className="flex min-w-0 gap-3">
        <span className="max-w-full shrink-0 truncate">{message}</span>
        <span className="num min-w-0 truncate text-ink-faint">{rest}</span>
      </span>
    ),
    title: ({ message, rest }) => [message, rest].filter(Boolean).join('\n'),
  },
  {
    id: 'request',
    header: () => t.request,
    width: 96,
    cell: ({ request_id: id }) => id !== null && <RequestLink id={id} />,
  },
];

function RequestLink({ id }: { id: string }) {
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={t.showCall(id)}
      title={t.showCall(id)}
      onClick={() => void showCall(id)}
      className="num max-w-full truncate align-middle text-accent hover:underline"
    >
      {id.slice(0, 8)}
    </button>
  );
}
