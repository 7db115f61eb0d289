import type { RefObject } from 'react';
import { useLayoutEffect, useState } from 'react';

const atFullSize = 28;

/**
 * The height of a row in pixels, measured from the header, which scales with the text size in the same way.
 */
export function useRowHeight(head: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(atFullSize);
  useLayoutEffect(() => {
    const element = head.current;
    if (!element) return undefined;
    const note = () => setHeight(element.offsetHeight || atFullSize);
    note();
    const observer = new ResizeObserver(note);
    observer.observe(element);
    return () => observer.disconnect();
  }, [head]);
  return height;
}
