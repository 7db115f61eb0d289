import type { RefObject } from 'react';
import { useEffect } from 'react';
import { isComposing } from '../../state/composing.ts';
import { shortcutOf } from '../../state/key-map.ts';
import { locationOf, partAt, rowAt, type FocusLocation } from './focus-location.ts';

const fields = 'input:not([type="hidden"]):not(:disabled), textarea:not(:disabled), [role="textbox"]';
/** A toast is a dialog that is not modal. */
const dialogs = '[role="dialog"]:not([aria-modal="false"])';
/** The wait before the focus is restored: the code that removed an element may move the focus itself. */
const settleMs = 60;
/** The wait for a button that was disabled during its own command: by then it is enabled, or stays disabled. */
const busyMs = 700;
/** The wait after Ctrl+N: by then what it opens is drawn, even if its script had to be loaded first. */
const createMs = 350;

type Main = RefObject<HTMLElement | null>;

/**
 * Restores the focus inside the window's content after its element was removed, hidden or disabled; without
 * this, Tab would start at the top of the window. It goes to the same row, else to the next row, else to the
 * innermost part that still exists, else to the work pane. After Ctrl+N, it goes to the new form.
 */
export function useFocusInPlace(main: Main): void {
  useEffect(() => keepFocus(main), [main]);
  useEffect(() => focusNewForm(main), [main]);
}

/** @returns a function that ends it */
function keepFocus(main: Main): () => void {
  let last: FocusLocation | undefined;
  /** The focused element was disabled after it got the focus. */
  let wasDisabled = false;
  // A new view: the previous view's focused element is gone.
  let timer = setTimeout(restore);
  document.addEventListener('focusin', remember);
  const observer = new MutationObserver(onChange);
  observer.observe(document.body, {
    childList: true,
    subtree: true,
    attributeFilter: ['disabled', 'hidden', 'inert'],
  });
  return () => {
    clearTimeout(timer);
    observer.disconnect();
    document.removeEventListener('focusin', remember);
  };

  function remember({ target }: FocusEvent): void {
    wasDisabled = false;
    if (target instanceof Element) last = locationOf(target);
  }

  function onChange(records: readonly MutationRecord[]): void {
    if (isLost() && last?.element instanceof HTMLElement && wasMoved(last.element, records)) {
      last.element.focus({ preventScroll: true });
      return;
    }
    const isBusy = last !== undefined && last.element.isConnected && last.element.matches(':disabled');
    wasDisabled ||= isBusy;
    // An element that was just disabled loses the focus only with the next frame.
    if (!isLost() && !isBusy) return;
    clearTimeout(timer);
    timer = setTimeout(restore, isBusy ? busyMs : settleMs);
  }

  function restore(): void {
    if (!isLost() || !document.hasFocus()) return;
    if (last === undefined) focusWork(main);
    else if (!canFocus(last.element)) focusNear(last, main);
    // Otherwise a click on the background removed the focus on purpose.
    else if (wasDisabled && last.element instanceof HTMLElement) last.element.focus();
  }
}

const isLost = () => document.activeElement === document.body || document.activeElement === null;

/** Whether an element can take the focus again: not if it is removed, disabled or hidden. */
const canFocus = (element: Element) =>
  element.isConnected && !element.matches(':disabled, [inert] *') && element.checkVisibility();

/**
 * Whether the element was removed and inserted again, which drops its focus. Sorting does that to the rows of
 * a list.
 */
const wasMoved = (element: Element, records: readonly MutationRecord[]) =>
  element.isConnected &&
  records.some(({ removedNodes }) => [...removedNodes].some((node) => node.contains(element)));

const openDialog = () => document.querySelector<HTMLElement>(dialogs);

/** Focuses what is closest to a location that is gone. */
function focusNear(location: FocusLocation, main: Main): void {
  const row = rowAt(location);
  const part = openDialog() ? undefined : partAt(location);
  if (row) row.focus();
  else if (part) focusPart(part);
  else focusWork(main);
}

/** Focuses the part itself: Tab continues with its first control. */
function focusPart(part: HTMLElement): void {
  if (!part.hasAttribute('tabindex')) {
    part.tabIndex = -1;
    part.addEventListener('blur', () => part.removeAttribute('tabindex'), { once: true });
  }
  part.focus({ preventScroll: true });
}

/** Focuses the open dialog, or else the work pane. */
function focusWork(main: Main): void {
  (openDialog() ?? main.current)?.focus({ preventScroll: true });
}

/** After Ctrl+N, focuses the first field of what it opened. @returns a function that ends it */
function focusNewForm(main: Main): () => void {
  window.addEventListener('keydown', onPress, { capture: true });
  return () => window.removeEventListener('keydown', onPress, { capture: true });

  function onPress(press: KeyboardEvent): void {
    if (!isComposing(press) && shortcutOf(press) === 'create') setTimeout(focusField, createMs);
  }

  function focusField(): void {
    const focused = document.activeElement;
    const isInMain = main.current?.contains(focused) && focused !== main.current;
    if (isInMain || focused?.closest(dialogs)) return;
    const field = main.current?.querySelector<HTMLElement>(fields);
    (field ?? main.current)?.focus();
  }
}
