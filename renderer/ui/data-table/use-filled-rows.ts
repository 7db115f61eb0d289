import { useLayoutEffect, useReducer, useState } from 'react';

type Key = string | number;

/** As many rows as a fast swipe on a touch pad moves in a frame; a frame has time for them. */
const perFrame = 10;

/** The rows whose cells are rendered. */
export class FilledRows {
  #filled: ReadonlySet<Key> = new Set();

  /** Keeps those of `keys` that are filled and adds at most `max` others, in the order of `keys`. */
  fillMore(keys: readonly Key[], max = perFrame): ReadonlySet<Key> {
    const before = this.#filled;
    let left = max;
    this.#filled = new Set(keys.filter((key) => before.has(key) || left-- > 0));
    return this.#filled;
  }
}

/**
 * Which rows show their cells. After a jump all rows are new, and creating them all would delay the frame: each frame
 * fills a few, and the others are empty until then, like rows that are still loading.
 * @param keys those of the rendered rows that are loaded, in the order in which they are filled
 */
export function useFilledRows(keys: readonly Key[]): ReadonlySet<Key> {
  const [rows] = useState(() => new FilledRows());
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);
  const filled = rows.fillMore(keys);
  const count = keys.length;
  useLayoutEffect(() => {
    if (filled.size === count) return undefined;
    const frame = requestAnimationFrame(renderAgain);
    return () => cancelAnimationFrame(frame);
  }, [filled, count]);
  return filled;
}
