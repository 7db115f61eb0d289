import type { KeyboardEvent, RefObject } from 'react';
import { useCallback, useEffect, useRef } from 'react';
import { isComposing } from '../state/composing.ts';
import { stepOf, typedRow } from './list-steps.ts';

const rowSelector = '[data-row]';
/** Letters typed within this time form one word. */
const wordMs = 700;

const rowsOf = (list: HTMLElement) => [...list.querySelectorAll<HTMLElement>(rowSelector)];

/**
 * The current element for a list row (`data-menu`): the row itself while it is in the document, else the one
 * rendered in its place, for example when a disabled provider moves to another section. Null if there is
 * none.
 */
export function rowNow(row: Element): HTMLElement | null {
  if (row instanceof HTMLElement && row.isConnected) return row;
  const id = row.getAttribute('data-menu');
  return id === null ? null : document.querySelector<HTMLElement>(`[data-menu="${CSS.escape(id)}"]`);
}

const isSearch = (target: EventTarget) => target instanceof HTMLInputElement && target.type === 'search';

/** Uses up the key press. */
function focusRow(press: KeyboardEvent, row: HTMLElement | undefined): void {
  press.preventDefault();
  row?.focus();
}

/** Keeps one row in the tab order: the focused one, else the last focused, else the open one. */
function keepOneTabStop(list: HTMLElement, last: HTMLElement | null): HTMLElement | null {
  const rows = rowsOf(list);
  const focused = rows.find((row) => row === document.activeElement);
  const before = last !== null && rows.includes(last) ? last : undefined;
  const stop = focused ?? before ?? rows.find((row) => row.ariaCurrent) ?? rows[0] ?? null;
  for (const row of rows) row.tabIndex = row === stop ? 0 : -1;
  return stop;
}

/**
 * Makes a list of rows (`data-row`) one tab stop: arrows, Home, End and typing the beginning of a label move
 * between rows. Arrow down leads from a search field of the list to its first row. Rows may be added and removed, and
 * may be in sections.
 */
export function useListFocus(): {
  ref: RefObject<HTMLElement | null>;
  onKeyDown: (press: KeyboardEvent<HTMLElement>) => void;
  onFocus: () => void;
} {
  const ref = useRef<HTMLElement>(null);
  const last = useRef<HTMLElement | null>(null);
  const typed = useRef({ word: '', at: 0 });
  const renew = useCallback(() => {
    if (ref.current) last.current = keepOneTabStop(ref.current, last.current);
  }, []);
  useEffect(() => {
    const list = ref.current;
    if (!list) return;
    renew();
    const observer = new MutationObserver(renew);
    observer.observe(list, { childList: true, subtree: true, attributeFilter: ['aria-current'] });
    return () => observer.disconnect();
  }, [renew]);

  function onKeyDown(press: KeyboardEvent<HTMLElement>): void {
    if (press.ctrlKey || press.metaKey || press.altKey || isComposing(press)) return;
    const rows = rowsOf(press.currentTarget);
    const at = rows.findIndex((row) => row === document.activeElement);
    if (at < 0) {
      if (press.key === 'ArrowDown' && isSearch(press.target)) focusRow(press, rows[0]);
      return;
    }
    const next = stepOf(press.key, at, rows.length) ?? typedStep(press, rows, at);
    if (next === null) return;
    focusRow(press, rows[next]);
  }

  function typedStep(press: KeyboardEvent<HTMLElement>, rows: HTMLElement[], at: number): number | null {
    const { word, at: before } = typed.current;
    const began = press.timeStamp - before < wordMs ? word : '';
    // A space by itself activates the row; within a word it is a letter.
    if ([...press.key].length !== 1 || (press.key === ' ' && began === '')) return null;
    typed.current = { word: began + press.key, at: press.timeStamp };
    return typedRow(
      typed.current.word,
      at,
      rows.map((row) => row.textContent),
    );
  }

  return { ref, onKeyDown, onFocus: renew };
}
