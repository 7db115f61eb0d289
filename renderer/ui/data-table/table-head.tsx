import { ArrowDown, ArrowUp } from 'lucide-react';
import type { Ref } from 'react';
import { tableMessages } from '../../messages/table-messages.ts';
import { clsx } from 'clsx';
import type { Column } from './column.ts';
import { headerOf } from './column.ts';
import type { SortedTable } from './sorted-rows.ts';

/** Sorting done elsewhere, for tables with only part of the rows. */
export interface TableOrder {
  by: string | null;
  desc: boolean;
  onToggle: (column: string) => void;
}

interface TableHeadProps<T> {
  columns: readonly Column<T>[];
  table: SortedTable<T>;
  order?: TableOrder;
  ref: Ref<HTMLDivElement>;
}

/** The sticky header; sortable columns are buttons. */
export function TableHead<T>({ columns, table, order, ref }: TableHeadProps<T>) {
  return (
    <div role="rowgroup" className="sticky top-0 z-20">
      <div
        ref={ref}
        role="row"
        aria-rowindex={1}
        className="grid h-7 grid-cols-(--columns) items-center border-b border-line bg-panel text-sm text-ink-faint"
      >
        {columns.map((column, index) => (
          <HeadCell key={column.id} column={column} table={table} order={order} first={index === 0} />
        ))}
      </div>
    </div>
  );
}

interface HeadCellProps<T> extends Pick<TableHeadProps<T>, 'table' | 'order'> {
  column: Column<T>;
  first: boolean;
}

function HeadCell<T>({ column, table, order, first }: HeadCellProps<T>) {
  const outside = order?.by === column.id ? (order.desc ? 'desc' : 'asc') : undefined;
  const sorted = order ? outside : table.getColumn(column.id)?.getIsSorted() || undefined;
  const sorts = order ? column.sortable : column.sortBy;
  const toggle = () => (order ? order.onToggle(column.id) : table.getColumn(column.id)?.toggleSorting());
  const Arrow = sorted === 'desc' ? ArrowDown : ArrowUp;
  return (
    <div
      role="columnheader"
      aria-sort={sorted && (sorted === 'asc' ? 'ascending' : 'descending')}
      className={clsx(
        'flex h-full min-w-0 items-center bg-panel px-2',
        first && 'sticky left-0 z-10 pl-3',
        column.align === 'end' && 'justify-end text-right',
      )}
    >
      {sorts ? (
        <button
          type="button"
          title={tableMessages.table.sortBy(headerOf(column))}
          onClick={toggle}
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
