import type { ReactNode } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { providersMessages } from '../../../messages/providers-messages.ts';
import { useShortcut } from '../../../state/shortcuts.ts';
import type { Column } from '../../../ui/data-table/column.ts';
import { DataTable } from '../../../ui/data-table/data-table.tsx';
import { createTextMatch } from '../../../ui/data-table/text-match.ts';
import { formatCount } from '../../../ui/format.ts';
import { ModelFacts } from './model-facts.tsx';
import type { ModelRow } from './model-rows.ts';
import { textOfRow } from './model-rows.ts';

const t = providersMessages.providers;
const matchFor = createTextMatch(textOfRow);
const keyOfRow = (row: ModelRow) => row.key;

interface ModelsViewProps {
  label: string;
  rows: readonly ModelRow[];
  columns: readonly Column<ModelRow>[];
  /** Ctrl+F focuses this filter instead of the list's. */
  takesFilterKey?: boolean;
  /** Shown after the filter. */
  children?: ReactNode;
}

/** Models in a table that can be filtered and sorted, with the facts of the selected one. */
export function ModelsView({ label, rows, columns, takesFilterKey = false, children }: ModelsViewProps) {
  const [query, setQuery] = useState('');
  const [picked, setPicked] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useShortcut('filter', () => input.current?.select(), takesFilterKey);
  const matches = useMemo(() => matchFor(query), [query]);
  const shown = useMemo(() => (matches ? rows.filter(matches).length : rows.length), [rows, matches]);
  useEffect(() => {
    // Prepares the searched texts while the window is idle, so that the first letter is as fast as later
    // ones.
    const idle = requestIdleCallback(() => void rows.filter(matchFor('-') ?? Boolean));
    return () => cancelIdleCallback(idle);
  }, [rows]);
  const row = rows.find(({ key }) => key === picked);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
        <input
          ref={input}
          type="search"
          aria-label={t.filterModels}
          placeholder={t.filterModelsHint}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          className="h-7 w-56 min-w-0 rounded-md border border-line-strong bg-raised px-2"
        />
        <span role="status" className="num text-sm text-ink-soft">
          {matches ? t.shownOf(formatCount(shown), formatCount(rows.length)) : t.count(rows.length)}
        </span>
        <span className="flex-1" />
        {children}
      </div>
      <div className="min-h-0 flex-1">
        <DataTable
          label={label}
          data={rows}
          columns={columns}
          rowId={keyOfRow}
          matches={matches}
          selectedId={picked}
          onOpen={({ key }) => setPicked(key)}
          empty={<p className="p-4 text-ink-faint">{query ? t.noModelFound : t.noModels}</p>}
        />
      </div>
      {row && <ModelFacts row={row} onClose={() => setPicked(null)} />}
    </div>
  );
}
