import type { Range, Virtualizer } from '@tanstack/react-virtual';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';
import { useCallback, useLayoutEffect } from 'react';

/** Rows that are drawn above and below those in sight. */
const overscan = 4;

interface VirtualRowsOptions {
  count: number;
  /** Pixels; the head has the same. */
  rowHeight: number;
  /** Stays drawn wherever the table is scrolled to, or the focus would be lost with it. */
  activeIndex: number;
  keyAt: (index: number) => string | number;
  scroller: RefObject<HTMLElement | null>;
}

/** Which rows to draw, and where. Rows stand below a sticky head of their own height. */
export function useVirtualRows(options: VirtualRowsOptions): Virtualizer<HTMLElement, HTMLElement> {
  const { count, rowHeight, activeIndex, keyAt, scroller } = options;
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
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
  });
  useLayoutEffect(() => virtual.measure(), [virtual, rowHeight]);
  return virtual;
}
