import { ArrowUp, History as HistoryIcon, SearchX } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { errorText } from '../../api/error-text.ts';
import { useOperation } from '../../api/use-operation.ts';
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
import { callColumns, type ListedCall } from './call-columns.tsx';
import { chooseCall } from './chosen-calls.ts';
import { clearFilter, nextOrder, useOrder } from './history-filter.ts';
import type { LogRow } from './log-rows.ts';
import type { useLogRows } from './use-log-rows.ts';

const t = historyMessages.history;
const rowId = ({ id }: LogRow) => id;

function openCall({ id }: LogRow): void {
  goTo('history', id);
  openInspector();
}

interface HistoryTableProps {
  log: ReturnType<typeof useLogRows>;
  filtered: boolean;
}

/** The calls. New calls wait behind a bar while the user reads further down. */
export function HistoryTable({ log, filtered }: HistoryTableProps) {
  const { rows, next, waiting, gap, read } = log.log;
  const order = useOrder();
  const [selected] = usePath();
  const table = useRef<DataTableHandle>(null);
  const { load, loadVisible, showWaiting, records } = log;
  const [shown] = useState(() => new WeakMap<LogRow, ListedCall>());
  // Without stored messages the column would be empty, and push prices out of sight.
  const hasMessages = useHasMessages(records);
  const { data: registry } = useOperation('registry.get', {});
  const providers = registry?.providers;
  const columns = useMemo(() => {
    const free = (providers ?? []).filter(({ kind }) => kind === 'local' || kind === 'stub');
    const all = callColumns(new Set(free.map(({ name }) => name)));
    return hasMessages ? all : all.filter(({ id }) => id !== 'message');
  }, [hasMessages, providers]);
  const choose = (id: string, through: boolean) =>
    chooseCall(
      id,
      through,
      rows.map((row) => row.id),
    );
  const menuOf = (id: string) => <CallMenu id={id} onChoose={() => choose(id, false)} />;
  const onVisible = useCallback(
    (first: number, last: number) => void loadVisible(first, last),
    [loadVisible],
  );
  const shownOf = (row: LogRow) => {
    const call = records.get(row.id);
    if (!call || row.plans.length === 0) return call;
    // One object for each row, so that the table does not render it again.
    const known = shown.get(row) ?? { ...call, plans: row.plans.length };
    shown.set(row, known);
    return known;
  };
  const more = { loading: log.loading, load: useCallback(() => void load(), [load]) };
  if (log.head.error && !read)
    return <QueryFailure error={log.head.error.info} onRetry={() => void log.head.refetch()} />;
  if (!read) return <p className="appear-late p-3 text-ink-faint">{messages.ui.loading}</p>;
  return (
    <div className="relative min-h-0 flex-1">
      <DataTable<LogRow, ListedCall>
        ref={table}
        label={t.calls}
        data={rows}
        columns={columns}
        order={{ ...order, onToggle: (column) => useOrder.setState(nextOrder(order, column)) }}
        onChoose={({ id }, through) => choose(id, through)}
        menuOf={menuOf}
        rowId={rowId}
        shownOf={shownOf}
        onVisible={onVisible}
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
          <span className="min-w-0 flex-1">{t.moreFailed(errorText(log.failed))}</span>
          <Button onClick={log.retry}>{messages.frame.retry}</Button>
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

/** Whether a loaded call has stored messages. Stays true, so that the columns do not change while the user scrolls. */
function useHasMessages(records: ReadonlyMap<string, ListedCall>): boolean {
  const [had, setHad] = useState(false);
  const has = had || [...records.values()].some(({ preview }) => preview !== undefined);
  if (has && !had) setHad(true);
  return has;
}
