import type { MouseEvent, ReactNode, Ref } from 'react';
import { useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { useLanguage } from '../../i18n/current-language.ts';
import { tableMessages } from '../../messages/table-messages.ts';
import { RowMenu } from '../row-menu.tsx';
import type { Column } from './column.ts';
import { gridOf } from './column.ts';
import { useSortedTable } from './sorted-rows.ts';
import { TableHead, type TableOrder } from './table-head.tsx';
import { TableRow } from './table-row.tsx';
import { useActiveRow, useRowFocus } from './use-row-focus.ts';
import { useFilledRows } from './use-filled-rows.ts';
import { useRowHeight } from './use-row-height.ts';
import { scrollToRow, useVirtualRows } from './use-virtual-rows.ts';

/** Commands that the surrounding view can give a table. */
export interface DataTableHandle {
  scrollToStart: () => void;
  focus: () => void;
}

interface DataTableProps<T extends object, Shown extends object> {
  /** Its accessible name. */
  label: string;
  data: readonly T[];
  columns: readonly Column<Shown>[];
  rowId: (row: T) => string;
  /**
   * What the cells of a row show, for rows that are not always loaded; undefined until it is. Requires `order`:
   * this table cannot sort by values it does not have.
   */
  shownOf?: (row: T) => Shown | undefined;
  /** Which rows are visible, as indexes; called whenever they change. */
  onVisible?: (first: number, last: number) => void;
  /** Filters the rows; see `createTextMatch`. A new filter scrolls to the top. */
  matches?: (row: T) => boolean;
  /** Set if the rows are sorted elsewhere. */
  order?: TableOrder;
  /**
   * Ctrl+Space on a row, or a click with Ctrl or Shift, selects or deselects it; `through`: all rows up to
   * it.
   */
  onChoose?: (row: T, through: boolean) => void;
  selectedId?: string | null;
  /** The menu items for a row, by its id; called while the menu is open. */
  menuOf?: (id: string) => ReactNode;
  /** A click, Enter or Space on a row. */
  onOpen?: (row: T) => void;
  /** There are more rows; loaded when the end is near. */
  more?: { loading: boolean; load: () => void };
  /** Whether the first row is visible. */
  onAtStart?: (atStart: boolean) => void;
  /** Shown if there are no rows. */
  empty?: ReactNode;
  ref?: Ref<DataTableHandle>;
}

const noRows: never[] = [];

/** The next page is loaded this many rows before the end. */
const loadAhead = 100;

/**
 * A table for thousands of rows that renders only the visible ones. It scrolls in both directions inside its
 * own box.
 */
export function DataTable<T extends object, Shown extends object = T>({
  ref,
  ...props
}: DataTableProps<T, Shown>) {
  const { label, data, columns, rowId, matches, selectedId, onOpen, more, onAtStart, onVisible } = props;
  // Without `shownOf`, a row is shown as it is.
  const { shownOf = (row: T) => row as object as Shown } = props;
  const scroller = useRef<HTMLDivElement>(null);
  // A sticky cell costs time for every rendered row, so it is used only while needed.
  const [pinned, setPinned] = useState(false);
  const head = useRef<HTMLDivElement>(null);
  const language = useLanguage();
  const rowHeight = useRowHeight(head);
  const grid = useMemo(() => gridOf(columns), [columns]);
  // Rows that are sorted elsewhere are used as they are: the library would build an object for each of 50,000 rows.
  const isSortedElsewhere = props.order !== undefined;
  const table = useSortedTable<Shown>(
    isSortedElsewhere ? noRows : (data as readonly object[] as readonly Shown[]),
    columns,
    rowId as (row: object) => string,
  );
  const tableRows = table.getRowModel().rows;
  const rows = useMemo(() => {
    const sorted = isSortedElsewhere ? data : tableRows.map((row) => row.original as object as T);
    return matches ? sorted.filter(matches) : sorted;
  }, [isSortedElsewhere, data, tableRows, matches]);
  const { found, setActiveId } = useActiveRow(rows, rowId, selectedId ?? null);
  // A new function would measure every row again for each one that scrolls into view.
  const keyAt = useCallback(
    (index: number) => {
      const row = rows[index];
      return row ? rowId(row) : String(index);
    },
    [rows, rowId],
  );
  const virtual = useVirtualRows({ count: rows.length, rowHeight, activeIndex: found, keyAt, scroller });
  const items = virtual.getVirtualItems();
  const isLoaded = ({ index }: { index: number }) => {
    const row = rows[index];
    return row !== undefined && shownOf(row) !== undefined;
  };
  const filled = useFilledRows(items.filter(isLoaded).map(({ index }) => keyAt(index)));
  // Before any selection, Tab goes to the first visible row.
  const active = found >= 0 ? found : (virtual.range?.startIndex ?? 0);
  const openAt = (index: number) => {
    const row = rows[index];
    if (row) onOpen?.(row);
  };
  const { focusActive, onKeyDown, onFocus } = useRowFocus(active, setActiveId, {
    count: rows.length,
    idAt: keyAt,
    scroller,
    rowHeight,
    scrollToIndex: (index) => scrollToRow(scroller.current, index, rowHeight),
    onEnter: openAt,
    onChoose: props.onChoose
      ? (index) => {
          const row = rows[index];
          if (row) props.onChoose?.(row, false);
        }
      : undefined,
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

  const isNearEnd = rows.length - 1 - (virtual.range?.endIndex ?? -1) < loadAhead;
  useEffect(() => {
    if (more && !more.loading && isNearEnd) more.load();
  }, [more, isNearEnd]);

  const atStart = (virtual.range?.startIndex ?? 0) === 0;
  useEffect(() => onAtStart?.(atStart), [onAtStart, atStart]);

  const { startIndex, endIndex } = virtual.range ?? { startIndex: 0, endIndex: -1 };
  useEffect(() => {
    if (endIndex >= startIndex) onVisible?.(startIndex, endIndex);
  }, [onVisible, startIndex, endIndex]);

  function onClick({ target, ctrlKey, metaKey, shiftKey }: MouseEvent<HTMLElement>): void {
    const at = (target as HTMLElement).closest<HTMLElement>('[data-at]')?.dataset.at;
    const row = at === undefined ? undefined : rows[Number(at)];
    if (row && props.onChoose && (ctrlKey || metaKey || shiftKey)) {
      props.onChoose(row, shiftKey);
      return;
    }
    if (at !== undefined && !(target as HTMLElement).closest('button, a, input')) openAt(Number(at));
  }

  const isEmpty = rows.length === 0 && !more?.loading;
  const box = (
    <div
      ref={scroller}
      onScroll={({ currentTarget }) => setPinned(currentTarget.scrollLeft > 0)}
      className="relative h-full overflow-auto overscroll-contain"
    >
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={more ? -1 : rows.length + 1}
        aria-colcount={columns.length}
        aria-busy={more?.loading || undefined}
        style={grid}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onClick={onClick}
      >
        <TableHead columns={columns} table={table} order={props.order} ref={head} />
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const row = rows[index];
            if (!row) return null;
            const id = rowId(row);
            return (
              <TableRow<Shown>
                key={id}
                row={filled.has(id) ? shownOf(row) : undefined}
                menu={props.menuOf ? id : undefined}
                index={index}
                top={start - rowHeight}
                columns={columns}

                selected={id === selectedId}
                active={index === active}
                pinned={pinned}
                language={language}
              />
            );
          })}
        </div>
      </div>
      {more && rows.length > 0 && (
        <p role="status" className="sticky left-0 flex h-7 w-fit items-center px-3 text-ink-faint">
          {more.loading ? tableMessages.table.loadingMore : ''}
        </p>
      )}
      {isEmpty && <div className="sticky left-0 w-full">{props.empty}</div>}
    </div>
  );
  return props.menuOf ? <RowMenu menuOf={props.menuOf}>{box}</RowMenu> : box;
}
