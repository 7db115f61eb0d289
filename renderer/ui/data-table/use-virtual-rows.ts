import type { Range, Virtualizer } from '@tanstack/react-virtual';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';
import { useCallback, useLayoutEffect } from 'react';

/** Rows rendered above and below the visible ones. */
const overscan = 4;

interface VirtualRowsOptions {
  count: number;
  /** Pixels. */
  rowHeight: number;
  /** Pixels of the sticky header, if it is not as high as a row. */
  headHeight?: number;
  /** Always rendered, even outside the visible range, because the focus would be lost otherwise. */
  activeIndex: number;
  keyAt: (index: number) => string | number;
  scroller: RefObject<HTMLElement | null>;
}

/** Which rows to render, and where. Rows are below a sticky header. */
export function useVirtualRows(options: VirtualRowsOptions): Virtualizer<HTMLElement, HTMLElement> {
  const { count, rowHeight, headHeight = rowHeight, activeIndex, keyAt, scroller } = options;
  const rangeExtractor = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      if (activeIndex >= 0 && activeIndex < range.count && !shown.includes(activeIndex)) {
        if (activeIndex < (shown[0] ?? 0)) shown.unshift(activeIndex);
        else shown.push(activeIndex);
      }
      return shown;
    },
    [activeIndex],
  );
  // The React Compiler, which would skip this hook, is not used here.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer<HTMLElement, HTMLElement>({
    count,
    overscan,
    rangeExtractor,
    getItemKey: keyAt,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  });
  useLayoutEffect(() => virtual.measure(), [virtual, rowHeight]);
  return virtual;
}

/**
 * Scrolls as little as possible so that a row is visible below the sticky header. Rows have a fixed height, so this
 * needs none of the virtualizer's measurements, which force a layout for each key press.
 */
export function scrollToRow(
  scroller: HTMLElement | null,
  index: number,
  rowHeight: number,
  headHeight = rowHeight,
): void {
  if (!scroller) return;
  const top = index * rowHeight;
  const bottom = top + headHeight + rowHeight;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (bottom > scroller.scrollTop + scroller.clientHeight)
    scroller.scrollTop = bottom - scroller.clientHeight;
}
