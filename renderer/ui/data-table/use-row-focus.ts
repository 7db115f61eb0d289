import type { FocusEvent, KeyboardEvent, RefObject } from 'react';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { stepRow } from './step-row.ts';

interface RowFocusOptions {
  /** How many rows there are. */
  count: number;
  idAt: (index: number) => string;
  scroller: RefObject<HTMLElement | null>;
  rowHeight: number;
  scrollToIndex: (index: number) => void;
  onEnter?: (index: number) => void;
  onChoose?: (index: number) => void;
}

const rowOf = (element: EventTarget | null) => (element as HTMLElement | null)?.dataset?.at;

/**
 * The index of the active row, tracked by id so that it stays the same when rows are inserted above. -1 if
 * there is none.
 */
export function useActiveRow<T>(rows: readonly T[], rowId: (row: T) => string, selectedId: string | null) {
  const [activeId, setActiveId] = useState<string | null>(null);
  const id = activeId ?? selectedId;
  const found = useMemo(
    () => (id === null ? -1 : rows.findIndex((row) => rowId(row) === id)),
    [rows, rowId, id],
  );
  return { found, setActiveId };
}

/**
 * Keyboard navigation with one row in the tab order: arrows, Page keys, Home and End move; Enter and Space
 * open.
 */
export function useRowFocus(active: number, setActiveId: (id: string) => void, options: RowFocusOptions) {
  const { count, idAt, scroller, rowHeight, scrollToIndex, onEnter, onChoose } = options;
  const focusActive = () =>
    scroller.current?.querySelector<HTMLElement>(`[data-at="${active}"]`)?.focus({ preventScroll: true });

  // The row with the focus may be removed by the same render that makes another one active: then the focus is
  // already on the page.
  const wantsFocus = useRef(false);
  useLayoutEffect(() => {
    const focused = document.activeElement;
    const at = scroller.current?.contains(focused) ? rowOf(focused) : undefined;
    if (wantsFocus.current || (at !== undefined && at !== String(active))) focusActive();
    wantsFocus.current = false;
  });

  function onKeyDown(press: KeyboardEvent<HTMLElement>): void {
    if (rowOf(press.target) === undefined) return;
    if (onChoose && press.key === ' ' && (press.ctrlKey || press.metaKey)) {
      press.preventDefault();
      onChoose(active);
      return;
    }
    if (press.ctrlKey || press.metaKey || press.altKey || press.shiftKey) return;
    if (press.key === 'Enter' || press.key === ' ') {
      press.preventDefault();
      onEnter?.(active);
      return;
    }
    const page = Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1;
    const next = stepRow(press.key, active, count, page);
    if (next === null || next >= count) return;
    press.preventDefault();
    wantsFocus.current = true;
    setActiveId(idAt(next));
    scrollToIndex(next);
  }

  function onFocus({ target }: FocusEvent<HTMLElement>): void {
    const at = rowOf(target);
    if (at !== undefined && Number(at) < count) setActiveId(idAt(Number(at)));
  }

  return { focusActive, onKeyDown, onFocus };
}
