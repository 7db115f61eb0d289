import type { KeyboardEvent } from 'react';

const steps: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_at, last) => last,
};

/** Arrow keys, Home and End move the focus from row to row of a list pane, across its sections. */
export function moveBetweenRows(press: KeyboardEvent<HTMLElement>): void {
  const step = steps[press.key];
  const rows = [...press.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.findIndex((row) => row === document.activeElement);
  if (!step || at < 0 || press.ctrlKey || press.metaKey || press.altKey) return;
  press.preventDefault();
  rows[step(at, rows.length - 1)]?.focus();
}
