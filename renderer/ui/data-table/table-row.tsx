import type { CSSProperties } from 'react';
import { memo } from 'react';
import type { Language } from '../../../contract/languages.ts';
import { clsx } from 'clsx';
import type { Column } from './column.ts';

interface TableRowProps<T> {
  row: T;
  /** What its menu knows it by; none without a menu. */
  menu: string | undefined;
  /** Among the rows that are shown, from 0. */
  index: number;
  top: number;
  columns: readonly Column<T>[];
  grid: CSSProperties;
  selected: boolean;
  /** The one row that Tab stops at. */
  active: boolean;
  /** The table is scrolled sideways: the first cell stays where it is. */
  pinned: boolean;
  /** Its cells hold texts: in another language they are other ones. */
  language: Language;
}

/** One row, drawn again only when something about it has changed. */
export const TableRow = memo(function TableRow<T>(props: TableRowProps<T>) {
  const { row, menu, index, top, columns, grid, selected, active, pinned } = props;
  return (
    <div
      role="row"
      data-at={index}
      data-menu={menu}
      aria-rowindex={index + 2}
      aria-selected={selected}
      tabIndex={active ? 0 : -1}
      style={{ ...grid, top }}
      className={clsx(
        'absolute left-0 grid h-7 w-full items-center border-b border-line outline-none',
        // Drawn over the cells: the first one stands still above the row's own outline.
        'focus-visible:after:pointer-events-none focus-visible:after:absolute focus-visible:after:inset-0',
        'focus-visible:after:z-20 focus-visible:after:border-2 focus-visible:after:border-accent',
        selected ? 'bg-accent-soft' : 'bg-canvas hover:bg-hover',
      )}
    >
      {columns.map((column, at) => (
        <div
          key={column.id}
          role={at === 0 ? 'rowheader' : 'gridcell'}
          title={column.title?.(row)}
          className={clsx(
            'min-w-0 truncate px-2',
            at === 0 && 'pl-3',
            at === 0 && pinned && 'sticky left-0 z-10 flex h-full items-center bg-inherit',
            column.align === 'end' && 'text-right',
            column.mono && 'num',
          )}
        >
          {column.cell(row)}
        </div>
      ))}
    </div>
  );
}) as <T>(props: TableRowProps<T>) => React.ReactElement;
