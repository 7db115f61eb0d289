import { memo } from 'react';
import type { Language } from '../../../contract/languages.ts';
import { clsx } from 'clsx';
import type { Column } from './column.ts';

interface TableRowProps<T> {
  /** Undefined while it is loading. */
  row: T | undefined;
  /** Its id for the menu; undefined without a menu. */
  menu: string | undefined;
  /** Index among the shown rows, from 0. */
  index: number;
  top: number;
  columns: readonly Column<T>[];
  selected: boolean;
  /** The only row in the tab order. */
  active: boolean;
  /** The table is scrolled sideways, so the first cell is sticky. */
  pinned: boolean;
  /** Its cells contain texts that depend on the language. */
  language: Language;
}

/** One row, rendered again only if its props change. */
export const TableRow = memo(function TableRow<T>(props: TableRowProps<T>) {
  const { row, menu, index, top, columns, selected, active, pinned } = props;
  return (
    <div
      role="row"
      data-at={index}
      data-menu={menu}
      aria-rowindex={index + 2}
      aria-selected={selected}
      tabIndex={active ? 0 : -1}
      style={{ top }}
      className={clsx(
        'absolute left-0 grid h-7 w-full grid-cols-(--columns) items-center border-b border-line outline-none',
        // Drawn above the cells, because the sticky first cell would cover the row's own outline.
        'focus-visible:after:pointer-events-none focus-visible:after:absolute focus-visible:after:inset-0',
        'focus-visible:after:z-20 focus-visible:after:border-2 focus-visible:after:border-accent',
        selected ? 'bg-accent-soft' : 'bg-canvas hover:bg-hover',
      )}
    >
      {row === undefined && <div role="gridcell" className="col-span-full" />}
      {row !== undefined &&
        columns.map((column, at) => (
          <div
            key={column.id}
            role={at === 0 ? 'rowheader' : 'gridcell'}
            title={column.title?.(row)}
            className={clsx(
              // Not "truncate": each cell with hidden overflow would be a scroll container, which is slower to draw.
              'min-w-0 overflow-clip text-ellipsis whitespace-nowrap px-2',
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
