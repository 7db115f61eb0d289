import { ArrowDown, ArrowUp } from 'lucide-react';
import type { CSSProperties, Ref } from 'react';
import { tableMessages } from '../../messages/table-messages.ts';
import { classNames } from '../class-names.ts';
import type { Column } from './column.ts';
import { headerOf } from './column.ts';
import type { SortedTable } from './sorted-rows.ts';

interface TableHeadProps<T> {
  columns: readonly Column<T>[];
  table: SortedTable<T>;
  grid: CSSProperties;
  ref: Ref<HTMLDivElement>;
}

/** The names of the columns, which stay in sight; those that sort are buttons. */
export function TableHead<T>({ columns, table, grid, ref }: TableHeadProps<T>) {
  return (
    <div role="rowgroup" className="sticky top-0 z-20">
      <div
        ref={ref}
        role="row"
        aria-rowindex={1}
        style={grid}
        className="grid h-7 items-center border-b border-line bg-panel text-sm text-ink-faint"
      >
        {columns.map((column, index) => (
          <HeadCell key={column.id} column={column} table={table} first={index === 0} />
        ))}
      </div>
    </div>
  );
}

function HeadCell<T>({ column, table, first }: { column: Column<T>; table: SortedTable<T>; first: boolean }) {
  const sorted = table.getColumn(column.id)?.getIsSorted() || undefined;
  const Arrow = sorted === 'desc' ? ArrowDown : ArrowUp;
  return (
    <div
      role="columnheader"
      aria-sort={sorted && (sorted === 'asc' ? 'ascending' : 'descending')}
      className={classNames(
        'flex h-full min-w-0 items-center bg-panel px-2',
        first && 'sticky left-0 z-10 pl-3',
        column.align === 'end' && 'justify-end text-right',
      )}
    >
      {column.sortBy ? (
        <button
          type="button"
          title={tableMessages.table.sortBy(headerOf(column))}
          onClick={() => table.getColumn(column.id)?.toggleSorting()}
          className="-mx-1 flex h-5.5 min-w-0 items-center gap-1 rounded-sm px-1 hover:bg-hover hover:text-ink"
        >
          <span className="truncate">{headerOf(column)}</span>
          {sorted && <Arrow size={11} aria-hidden="true" className="shrink-0 text-accent" />}
        </button>
      ) : (
        <span className="truncate">{headerOf(column)}</span>
      )}
    </div>
  );
}
