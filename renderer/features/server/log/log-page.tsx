import { ArrowUp, Pause, Play } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import type { LogLevel, LogLine } from '../../../../contract/log-line.ts';
import { serverMessages } from '../../../messages/server-messages.ts';
import { useShortcut } from '../../../state/shortcuts.ts';
import { Button } from '../../../ui/button.tsx';
import { type DataTableHandle, DataTable } from '../../../ui/data-table/data-table.tsx';
import { createTextMatch } from '../../../ui/data-table/text-match.ts';
import { formatCount } from '../../../ui/format.ts';
import { Page } from '../../../ui/page.tsx';
import { Select } from '../../../ui/select.tsx';
import { atLeast } from './log-buffer.ts';
import { logColumns } from './log-columns.tsx';
import { LogDetail } from './log-detail.tsx';
import { useLog } from './use-log.ts';
import { ErrorLine } from '../../../ui/error-line.tsx';

/** In pino's order. */
const logLevels: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

const t = serverMessages.server.log;
const matchesText = createTextMatch<LogLine>(
  ({ message, request_id: id, rest, level }) => `${message} ${id ?? ''} ${rest} ${level}`,
);
const levelOptions = () => [{ options: logLevels.map((value) => ({ value, label: t.levels[value] })) }];

/** The log as it grows, newest first; held while the user reads further down or pauses it. */
export function LogPage() {
  const log = useLog();
  const [level, setLevel] = useState<LogLevel>('trace');
  const [text, setText] = useState('');
  const [openLine, setOpenLine] = useState<LogLine | null>(null);
  const [atStart, setAtStart] = useState(true);
  const [paused, setPaused] = useState<readonly LogLine[] | null>(null);
  const [frozenLines, setFrozenLines] = useState<readonly LogLine[] | null>(null);
  const table = useRef<DataTableHandle>(null);
  const filter = useRef<HTMLInputElement>(null);
  useShortcut('filter', () => filter.current?.focus());

  // Rows that move cannot be read.
  if (!atStart && frozenLines === null) setFrozenLines(log.lines);
  if (atStart && frozenLines !== null) setFrozenLines(null);
  const source = paused ?? frozenLines ?? log.lines;
  const behind = log.lines.findIndex((line) => line === source[0]);
  const lines = useMemo(() => atLeast(source, level), [source, level]);
  const matches = useMemo(() => matchesText(text), [text]);
  const shown = matches ? lines.filter(matches).length : lines.length;
  const waiting = source.length === 0 ? log.lines.length : Math.max(behind, 0);

  return (
    <Page
      title={serverMessages.server.pages.log}
      actions={
        <>
          <input
            ref={filter}
            type="search"
            aria-label={t.filter}
            placeholder={t.filterHint}
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="h-7 w-48 rounded-md border border-line-strong bg-raised px-2"
          />
          <Select
            label={t.level}
            groups={levelOptions()}
            value={level}
            onChange={(next) => setLevel(next as LogLevel)}
          />
          <Button aria-pressed={paused !== null} onClick={() => setPaused(paused ? null : log.lines)}>
            {paused ? <Play size={12} aria-hidden="true" /> : <Pause size={12} aria-hidden="true" />}
            {paused ? t.resume : t.pause}
            {paused && waiting > 0 && (
              <span className="num text-ink-faint">{t.waiting(formatCount(waiting))}</span>
            )}
          </Button>
          <Button
            onClick={() => {
              log.clear();
              setPaused(null);
              setOpenLine(null);
            }}
          >
            {t.clear}
          </Button>
        </>
      }
    >
      <div className="flex min-h-6.5 shrink-0 flex-wrap items-center gap-x-4 border-b border-line bg-panel px-4 py-1 text-sm text-ink-faint">
        <span className="num">{t.shown(formatCount(shown), formatCount(source.length))}</span>
        {log.level && <span>{t.writtenFrom(log.level)}</span>}
        {log.missed > 0 && <span className="text-warn">{t.missed(formatCount(log.missed))}</span>}
        <ErrorLine text={log.failed && t.failed} />
      </div>
      <div className="relative min-h-0 flex-1">
        <DataTable
          ref={table}
          label={t.table}
          data={lines}
          columns={logColumns}
          rowId={(line) => String(line.n)}
          matches={matches}
          selectedId={openLine === null ? null : String(openLine.n)}
          onOpen={setOpenLine}
          onAtStart={setAtStart}
          empty={<p className="p-4 text-ink-faint">{source.length ? t.noneFound : t.empty}</p>}
        />
        {!paused && frozenLines !== null && waiting > 0 && (
          <Button
            className="absolute top-9 left-1/2 z-30 -translate-x-1/2 shadow-pop"
            onClick={() => table.current?.scrollToStart()}
          >
            <ArrowUp size={12} aria-hidden="true" />
            {t.held(formatCount(waiting))}
          </Button>
        )}
      </div>
      {openLine && <LogDetail line={openLine} onClose={() => setOpenLine(null)} />}
    </Page>
  );
}
