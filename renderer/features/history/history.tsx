import { lazy, Suspense, useDeferredValue, useMemo } from 'react';
import { useOperation } from '../../api/use-operation.ts';
import { messages } from '../../messages.ts';
import { historyMessages } from '../../messages/history-messages.ts';
import { useCommands } from '../../state/commands.ts';
import { goTo, usePath } from '../../state/view.ts';
import { formatCount, formatUsd } from '../../ui/format.ts';
import { InspectorToggle } from '../../ui/inspector-toggle.tsx';
import { Segments } from '../../ui/segments.tsx';
import { ChosenBar } from './chosen-bar.tsx';
import { useChosen } from './chosen-calls.ts';
import { CompareCalls } from './compare-calls.tsx';
import { ExportButtons } from './export/export-buttons.tsx';
import type { LogQuery } from './history-filter.ts';
import { clearFilter, isFiltered, orderQuery, queryOf, useFilter, useOrder } from './history-filter.ts';
import { HistoryTable } from './history-table.tsx';
import { SaveQuestion } from '../../ui/call/save-question.tsx';
import { useDebouncedValue } from '../../state/use-debounced-value.ts';
import { useLogRows } from './use-log-rows.ts';

const t = historyMessages.history;

const Charts = lazy(() => import('./charts/charts.tsx').then((m) => ({ default: m.Charts })));

/** Every call of the log that passes the filters, as a list, as charts, or side by side. */
export function History() {
  const filter = useFilter();
  const order = useOrder();
  const [page, ...rest] = usePath();
  const query = useDebouncedValue(
    useMemo(() => ({ ...queryOf(filter), ...orderQuery(order) }), [filter, order]),
  );
  const filtered = isFiltered(filter);
  useCommands([
    {
      id: 'history.clear',
      label: t.clear,
      group: t.group,
      unavailable: filtered ? undefined : t.nothingToClear,
      run: clearFilter,
    },
    {
      id: 'history.charts',
      label: t.charts.title,
      group: t.group,
      run: () => goTo('history', '+charts'),
    },
  ]);
  if (page === '+compare') return <CompareCalls ids={rest} />;
  if (page === '+charts')
    return (
      <div className="flex h-full flex-col">
        <header className="flex h-10 shrink-0 items-center gap-2 border-b border-line px-3">
          <h1 className="flex-1 font-medium">{t.title}</h1>
          <ViewSwitch view="charts" />
        </header>
        <Suspense fallback={<p className="appear-late p-3 text-ink-faint">{messages.ui.loading}</p>}>
          <Charts />
        </Suspense>
      </div>
    );
  return <FilteredLog key={JSON.stringify(query)} query={query} filtered={filtered} />;
}

function ViewSwitch({ view }: { view: 'calls' | 'charts' }) {
  return (
    <Segments<'calls' | 'charts'>
      label={t.charts.view}
      options={[
        { value: 'calls', label: t.calls },
        { value: 'charts', label: t.charts.title },
      ]}
      value={view}
      onChange={(next) => goTo('history', ...(next === 'charts' ? ['+charts'] : []))}
    />
  );
}

function FilteredLog({ query, filtered }: { query: LogQuery; filtered: boolean }) {
  const log = useLogRows(query);
  const { rows } = log.log;
  const chosenIds = useChosen(({ ids }) => ids);
  const chosen = useMemo(
    () => (chosenIds.size === 0 ? [] : rows.filter(({ id }) => chosenIds.has(id))),
    [rows, chosenIds],
  );
  return (
    <div className="flex h-full flex-col">
      <header className="flex h-10 shrink-0 items-center gap-2 border-b border-line pr-1.5 pl-3">
        <h1 className="flex-1 font-medium">{t.title}</h1>
        <ViewSwitch view="calls" />
        <ExportButtons query={query} empty={rows.length === 0} />
        <InspectorToggle />
      </header>
      <SaveQuestion />
      {chosen.length > 0 && <ChosenBar rows={chosen} onDeleted={log.remove} />}
      <HistoryTable log={log} filtered={filtered} />
      <Totals query={query} />
    </div>
  );
}

/** Sums over all calls that pass the filters, listed or not. */
function Totals({ query }: { query: LogQuery }) {
  const { sort: _sort, order: _order, ...filter } = query;
  const totals = useOperation('calls.totals', filter).data;
  const shown = useDeferredValue(totals);
  if (!shown || shown.calls === 0) return null;
  const { calls, total_tokens: tokens, cached_tokens: cached, usd, unpriced } = shown;
  const parts = [
    t.total.calls(formatCount(calls), calls),
    t.total.tokens(formatCount(tokens)),
    formatUsd(usd),
  ];
  const more = [
    cached > 0 && t.total.cached(formatCount(cached)),
    unpriced > 0 && t.total.unpriced(formatCount(unpriced)),
  ].filter(Boolean);
  return (
    <p
      role="status"
      className="num flex h-7 shrink-0 items-center truncate border-t border-line bg-panel px-3 text-sm text-ink-soft"
    >
      {[...parts, ...more].join(' · ')}
    </p>
  );
}
