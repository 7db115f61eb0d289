import type { SortingState } from '@tanstack/react-table';
import type { KeyboardEvent, MouseEvent, ReactNode, Ref } from 'react';
import { useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { messages } from '../../messages.ts';
import type { Column } from './column.ts';
import { gridOf } from './column.ts';
import { useSortedTable } from './sorted-rows.ts';
import { stepRow } from './step-row.ts';
import { TableHead } from './table-head.tsx';
import { TableRow } from './table-row.tsx';
import { useRowHeight } from './use-row-height.ts';
import { useVirtualRows } from './use-virtual-rows.ts';

/** What the place around a table can make it do. */
export interface DataTableHandle {
  scrollToStart: () => void;
  focus: () => void;
}

interface DataTableProps<T extends object> {
  /** Its name for screen readers. */
  label: string;
  data: readonly T[];
  columns: readonly Column<T>[];
  rowId: (row: T) => string;
  /** Rows that it refuses are not shown; see `createTextMatch`. A new one starts at the top. */
  matches?: (row: T) => boolean;
  initialSort?: SortingState;
  selectedId?: string | null;
  /** A click, Enter or Space on a row. */
  onOpen?: (row: T) => void;
  /** Opens a row as soon as the keys lead to it. */
  opensOnMove?: boolean;
  /** There are rows after the last one; asked for when the end comes near. */
  more?: { loading: boolean; load: () => void };
  /** Whether the first row is in sight. */
  onAtStart?: (atStart: boolean) => void;
  /** Stands where the rows would be. */
  empty?: ReactNode;
  ref?: Ref<DataTableHandle>;
}

/** Rows before the end at which the next page is asked for. */
const loadAhead = 40;

/** Thousands of rows of which only those in sight are drawn. It scrolls inside its own box, both ways. */
export function DataTable<T extends object>({ ref, ...props }: DataTableProps<T>) {
  const { label, data, columns, rowId, matches, selectedId, onOpen, more, onAtStart } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight(head);
  const grid = useMemo(() => gridOf(columns), [columns]);
  const table = useSortedTable(data, columns, rowId, props.initialSort);
  const sorted = table.getRowModel().rows;
  const rows = useMemo(
    () => (matches ? sorted.filter((row) => matches(row.original)) : sorted),
    [sorted, matches],
  );
  const [activeId, setActiveId] = useState<string | null>(null);
  const found = useMemo(
    () => rows.findIndex((row) => row.id === (activeId ?? selectedId)),
    [rows, activeId, selectedId],
  );
  const keyAt = (index: number) => rows[index]?.id ?? String(index);
  const virtual = useVirtualRows({ count: rows.length, rowHeight, activeIndex: found, keyAt, scroller });
  const items = virtual.getVirtualItems();
  // Where nothing was chosen yet, Tab stops at the first row in sight.
  const active = found >= 0 ? found : (virtual.range?.startIndex ?? 0);

  const focusWanted = useRef(false);
  const focusActive = () =>
    scroller.current?.querySelector<HTMLElement>(`[data-at="${active}"]`)?.focus({ preventScroll: true });
  useLayoutEffect(() => {
    if (focusWanted.current) focusActive();
    focusWanted.current = false;
  });
  useImperativeHandle(ref, () => ({
    scrollToStart: () => virtual.scrollToOffset(0),
    focus: focusActive,
  }));

  const wasMatching = useRef(matches);
  useEffect(() => {
    if (wasMatching.current !== matches) virtual.scrollToOffset(0);
    wasMatching.current = matches;
  }, [matches, virtual]);

  const isNearEnd = rows.length - 1 - (items.at(-1)?.index ?? -1) < loadAhead;
  useEffect(() => {
    if (more && !more.loading && isNearEnd) more.load();
  }, [more, isNearEnd]);

  const atStart = (virtual.range?.startIndex ?? 0) === 0;
  useEffect(() => onAtStart?.(atStart), [onAtStart, atStart]);

  function onKeyDown(press: KeyboardEvent<HTMLElement>): void {
    const isRow = (press.target as HTMLElement).dataset.at !== undefined;
    if (!isRow || press.ctrlKey || press.metaKey || press.altKey || press.shiftKey) return;
    if (press.key === 'Enter' || press.key === ' ') {
      press.preventDefault();
      const row = rows[active];
      if (row) onOpen?.(row.original);
      return;
    }
    const page = Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1;
    const next = stepRow(press.key, active, rows.length, page);
    const row = next === null ? undefined : rows[next];
    if (next === null || !row) return;
    press.preventDefault();
    setActiveId(row.id);
    focusWanted.current = true;
    virtual.scrollToIndex(next);
    if (props.opensOnMove) onOpen?.(row.original);
  }

  function onClick(click: MouseEvent<HTMLElement>): void {
    const target = click.target as HTMLElement;
    const index = target.closest<HTMLElement>('[data-at]')?.dataset.at;
    const row = index === undefined ? undefined : rows[Number(index)];
    if (!row) return;
    setActiveId(row.id);
    if (!target.closest('button, a, input')) onOpen?.(row.original);
  }

  const isEmpty = rows.length === 0 && !more?.loading;
  return (
    <div ref={scroller} className="relative h-full overflow-auto overscroll-contain">
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={more ? -1 : rows.length + 1}
        aria-colcount={columns.length}
        aria-busy={more?.loading || undefined}
        style={{ minWidth: grid.minWidth }}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <TableHead columns={columns} table={table} grid={grid} ref={head} />
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = rows[index];
            if (!row) return null;
            return (
              <TableRow<T>
                key={row.id}
                row={row.original}
                index={index}
                top={start - rowHeight}
                columns={columns}
                grid={grid}
                selected={row.id === selectedId}
                active={index === active}
              />
            );
          })}
        </div>
      </div>
      {more && rows.length > 0 && (
        <p role="status" className="sticky left-0 flex h-7 w-fit items-center px-3 text-ink-faint">
          {more.loading ? messages.table.loadingMore : ''}
        </p>
      )}
      {isEmpty && <div className="sticky left-0 w-full">{props.empty}</div>}
    </div>
  );
}
