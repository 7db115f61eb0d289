import type { RefObject } from 'react';
import { useEffect } from 'react';
import { isComposing } from '../../state/composing.ts';
import { shortcutOf } from '../../state/key-map.ts';
import { rowNow } from '../../ui/use-list-focus.ts';

const fields = 'input:not([type="hidden"]):not(:disabled), textarea:not(:disabled), [role="textbox"]';
/** A toast is a dialog that is not modal. */
const dialogs = '[role="dialog"]:not([aria-modal="false"])';
/** The wait before the focus is restored: the code that removed an element may move the focus itself. */
const settleMs = 60;
/** The wait for a button that was disabled during its own command: by then it is enabled, or stays disabled. */
const busyMs = 700;
/** The wait after Ctrl+N: by then what it opens is drawn, even if its script had to be loaded first. */
const createMs = 350;

const isLost = () => document.activeElement === document.body || document.activeElement === null;

/** Whether an element can take the focus again: not if it is removed, disabled or hidden. */
const canFocus = (element: Element) =>
  element.isConnected && !element.matches(':disabled, [inert] *') && element.checkVisibility();

/** Named parts of the content. A toast is not one of them: it disappears by itself. */
const parts = 'article, aside, form[aria-label], section[aria-label], [role="group"][aria-label], main';

interface Location {
  element: Element;
  /** The named parts around the element, innermost first. */
  parts: HTMLElement[];
  list: Element | null;
  /** The row before it in its list. `at` is its index, in case the list's rows are drawn anew. */
  before: HTMLElement | undefined;
  at: number;
}

const rowsOf = (list: Element) => [...list.querySelectorAll<HTMLElement>('[data-row]')];

/** Where the focus was last: a row, or an element that belongs to one, such as its rename field. */
function locationOf(element: Element): Location {
  const list = element.closest('nav');
  const preceding = (row: HTMLElement) =>
    (row.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 && !row.contains(element);
  const rows = list ? rowsOf(list).filter(preceding) : [];
  const around: HTMLElement[] = [];
  for (
    let part = element.closest<HTMLElement>(parts);
    part;
    part = part.parentElement?.closest(parts) ?? null
  )
    around.push(part);
  return { element, parts: around, list, before: rows.at(-1), at: rows.length };
}

/** The row that is now where the focus was, or the last row. */
function rowAt({ element, list, before, at }: Location): HTMLElement | undefined {
  if (!list?.isConnected) return undefined;
  const rows = rowsOf(list);
  const beforeAt = before ? rows.indexOf(before) : -1;
  // A button belongs to the row before it, which was removed with it.
  const removedAt = element.closest('[data-row]') ? at : Math.max(0, at - 1);
  const index = beforeAt >= 0 ? beforeAt + 1 : removedAt;
  return rows[Math.min(index, rows.length - 1)];
}

/** Focuses the part itself: Tab continues with its first control. */
function focusPart(part: HTMLElement): void {
  if (!part.hasAttribute('tabindex')) {
    part.tabIndex = -1;
    part.addEventListener('blur', () => part.removeAttribute('tabindex'), { once: true });
  }
  part.focus({ preventScroll: true });
}

/**
 * Restores the focus inside the window's content after its element was removed, hidden or disabled; without
 * this, Tab would start at the top of the window. It goes to the same row, else to the next row, else to the
 * innermost part that still exists, else to the work pane.
 */
export function useFocusInPlace(main: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let last: Location | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const toMain = () => {
      const dialog = document.querySelector<HTMLElement>(dialogs);
      (dialog ?? main.current)?.focus({ preventScroll: true });
    };
    const restore = () => {
      if (!isLost() || !document.hasFocus()) return;
      if (last === undefined) return toMain();
      const { element } = last;
      // A click on the background removes the focus on purpose.
      if (canFocus(element))
        return element instanceof HTMLElement && wasDisabled ? element.focus() : undefined;
      const row = (element.isConnected ? null : rowNow(element)) ?? rowAt(last);
      const part = last.parts.find((one) => one.isConnected && one.checkVisibility());
      const dialog = document.querySelector<HTMLElement>(dialogs);
      if (row) row.focus();
      else if (part && !dialog) focusPart(part);
      else toMain();
    };
    let wasDisabled = false;
    /**
     * Whether the element was removed and inserted again, which drops its focus. Sorting does that to the
     * rows of a list.
     */
    const wasMoved = (element: Element, records: readonly MutationRecord[]) =>
      element.isConnected &&
      records.some(({ removedNodes }) => [...removedNodes].some((node) => node.contains(element)));
    const check = (records: readonly MutationRecord[]) => {
      if (isLost() && last?.element instanceof HTMLElement && wasMoved(last.element, records))
        return last.element.focus({ preventScroll: true });
      const isBusy = last?.element.matches(':disabled') && last.element.isConnected;
      wasDisabled ||= isBusy === true;
      // An element that was just disabled loses the focus only with the next frame.
      if (!isLost() && !isBusy) return;
      clearTimeout(timer);
      timer = setTimeout(restore, isBusy ? busyMs : settleMs);
    };
    const onFocus = ({ target }: FocusEvent) => {
      wasDisabled = false;
      if (target instanceof Element) last = locationOf(target);
    };
    const onPress = (press: KeyboardEvent) => {
      if (isComposing(press) || shortcutOf(press) !== 'create') return;
      setTimeout(() => {
        const inMain =
          main.current?.contains(document.activeElement) && document.activeElement !== main.current;
        const inDialog = document.activeElement?.closest(dialogs);
        if (inMain || inDialog) return;
        const field = main.current?.querySelector<HTMLElement>(fields);
        (field ?? main.current)?.focus();
      }, createMs);
    };
    // A new view: the previous view's focused element is gone.
    timer = setTimeout(restore);
    const observer = new MutationObserver(check);
    observer.observe(document.body, {
      childList: true,
      subtree: true,
      attributeFilter: ['disabled', 'hidden', 'inert'],
    });
    document.addEventListener('focusin', onFocus);
    window.addEventListener('keydown', onPress, { capture: true });
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener('focusin', onFocus);
      window.removeEventListener('keydown', onPress, { capture: true });
    };
  }, [main]);
}
