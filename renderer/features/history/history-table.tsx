import { ArrowUp, History as HistoryIcon, SearchX } from 'lucide-react';
import { useCallback, useMemo, useRef } from 'react';
import type { CallRecord } from '../../../contract/call-log.ts';
import { errorText } from '../../api/error-text.ts';
import { messages } from '../../messages.ts';
import { historyMessages } from '../../messages/history-messages.ts';
import { openInspector } from '../../state/inspector.ts';
import { goTo, usePath } from '../../state/view.ts';
import { Button } from '../../ui/button.tsx';
import type { DataTableHandle } from '../../ui/data-table/data-table.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { QueryFailure } from '../../ui/query-failure.tsx';
import { CallMenu } from './call-menu.tsx';
import { callColumns } from './call-columns.tsx';
import { chooseCall } from './chosen-calls.ts';
import type { ListedCall } from './fold-plans.ts';
import { clearFilter, nextOrder, useOrder } from './history-filter.ts';
import type { useLogRows } from './use-log-rows.ts';

const t = historyMessages.history;
const rowId = (call: ListedCall) => call.id;

function openCall({ id }: CallRecord): void {
  goTo('history', id);
  openInspector();
}

interface HistoryTableProps {
  log: ReturnType<typeof useLogRows>;
  rows: readonly ListedCall[];
  filtered: boolean;
}

/** The calls. New calls wait behind a bar while the user reads further down. */
export function HistoryTable({ log, rows, filtered }: HistoryTableProps) {
  const { next, waiting, gap, read } = log.log;
  const order = useOrder();
  const [selected] = usePath();
  const table = useRef<DataTableHandle>(null);
  const { load, showWaiting } = log;
  // Without stored messages the column would be empty, and push prices out of sight.
  const hasMessages = useMemo(() => rows.some(({ preview }) => preview !== undefined), [rows]);
  const columns = useMemo(
    () => (hasMessages ? callColumns : callColumns.filter(({ id }) => id !== 'message')),
    [hasMessages],
  );
  const choose = (id: string, through: boolean) =>
    chooseCall(
      id,
      through,
      rows.map((row) => row.id),
    );
  const menuOf = (id: string) => <CallMenu id={id} onChoose={() => choose(id, false)} />;
  const more = { loading: log.loading, load: useCallback(() => void load(), [load]) };
  if (log.head.error && !read)
    return <QueryFailure error={log.head.error.info} onRetry={() => void log.head.refetch()} />;
  if (!read) return <p className="appear-late p-3 text-ink-faint">{messages.ui.loading}</p>;
  return (
    <div className="relative min-h-0 flex-1">
      <DataTable
        ref={table}
        label={t.calls}
        data={rows}
        columns={columns}
        order={{ ...order, onToggle: (column) => useOrder.setState(nextOrder(order, column)) }}
        onChoose={({ id }, through) => choose(id, through)}
        menuOf={menuOf}
        rowId={rowId}
        selectedId={selected ?? null}
        onOpen={openCall}
        onAtStart={log.setAtStart}
        more={next !== null && !log.failed ? more : undefined}
        empty={filtered ? <NoMatch /> : <NoCalls />}
      />
      <span role="status" className="sr-only">
        {waiting.length > 0 && t.fresh(waiting.length, gap)}
      </span>
      {waiting.length > 0 && (
        <button
          type="button"
          title={t.freshHelp}
          onClick={() => {
            showWaiting();
            table.current?.scrollToStart();
          }}
          className="absolute top-9 left-1/2 z-30 flex h-7 -translate-x-1/2 items-center gap-1.5 rounded-full border border-line-strong bg-raised px-3 text-accent-strong shadow-pop hover:bg-hover"
        >
          <ArrowUp size={13} aria-hidden="true" />
          {t.fresh(waiting.length, gap)}
        </button>
      )}
      {log.failed && (
        <div
          role="alert"
          className="absolute inset-x-0 bottom-0 z-30 flex items-center gap-3 border-t border-line bg-bad-soft px-3 py-1.5"
        >
          <span className="min-w-0 flex-1">
            {t.moreFailed} {errorText(log.failed)}
          </span>
          <Button onClick={() => void load()}>{messages.frame.retry}</Button>
        </div>
      )}
    </div>
  );
}

function NoCalls() {
  return (
    <div className="h-80">
      <EmptyState icon={HistoryIcon} title={t.empty}>
        <p>{t.emptyHelp}</p>
        <div className="mt-3">
          <Button onClick={() => goTo('bench')}>{t.emptyBench}</Button>
        </div>
      </EmptyState>
    </div>
  );
}

function NoMatch() {
  return (
    <div className="h-80">
      <EmptyState icon={SearchX} title={t.noMatch}>
        <Button onClick={clearFilter}>{t.clear}</Button>
      </EmptyState>
    </div>
  );
}
