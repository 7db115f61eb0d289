import { useDeferredValue, useMemo } from 'react';
import { historyMessages } from '../../messages/history-messages.ts';
import { useCommands } from '../../state/commands.ts';
import { InspectorToggle } from '../../ui/inspector-toggle.tsx';
import { formatCount } from '../../ui/format.ts';
import { ExportButtons } from './export/export-buttons.tsx';
import type { LogQuery } from './history-filter.ts';
import { clearFilter, isFiltered, queryOf, useFilter } from './history-filter.ts';
import { HistoryTable } from './history-table.tsx';
import { useLogRows } from './use-log-rows.ts';
import { useDebouncedValue } from './use-debounced-value.ts';

const words = historyMessages.history;

/** Every call of the log that passes the filters. */
export function History() {
  const filter = useFilter();
  const query = useDebouncedValue(useMemo(() => queryOf(filter), [filter]));
  const filtered = isFiltered(filter);
  useCommands([
    {
      id: 'history.clear',
      label: words.clear,
      group: words.group,
      unavailable: filtered ? undefined : words.nothingToClear,
      run: clearFilter,
    },
  ]);
  return <FilteredLog key={JSON.stringify(query)} query={query} filtered={filtered} />;
}

function FilteredLog({ query, filtered }: { query: LogQuery; filtered: boolean }) {
  const log = useLogRows(query);
  const { rows, next } = log.log;
  const count = useDeferredValue(formatCount(rows.length));
  return (
    <div className="flex h-full flex-col">
      <header className="flex h-10 shrink-0 items-center gap-2 border-b border-line pr-1.5 pl-3">
        <h1 className="font-medium">{words.title}</h1>
        <span className="num flex-1 truncate text-ink-faint">
          {log.log.read && rows.length > 0 && words.shown(count, next !== null)}
        </span>
        <ExportButtons query={query} empty={rows.length === 0} />
        <InspectorToggle />
      </header>
      <HistoryTable log={log} filtered={filtered} />
    </div>
  );
}
