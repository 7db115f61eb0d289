import type { RefObject } from 'react';
import { useEffect } from 'react';
import { isComposing } from '../../state/composing.ts';
import { shortcutOf } from '../../state/key-map.ts';
import { rowNow } from '../../ui/use-list-focus.ts';

const fields = 'input:not([type="hidden"]):not(:disabled), textarea:not(:disabled), [role="textbox"]';
/** A toast is a dialog that is not modal. */
const dialogs = '[role="dialog"]:not([aria-modal="false"])';
/** Whoever takes something away may want to put the focus somewhere else first. */
const settleMs = 60;
/** By then a button that was disabled for its own command is there again, or stays disabled. */
const busyMs = 700;
/** By then what Ctrl+N opens is drawn, also where its script had to come first. */
const createMs = 350;

const isLost = () => document.activeElement === document.body || document.activeElement === null;

/** The row nearest to where a row was that is gone. */
function rowNear(list: Element | null | undefined, at: number): HTMLElement | undefined {
  const rows = [...(list?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
  return rows[Math.min(at, rows.length - 1)];
}

/** Where the focus was last: the element, its list, and the number of its row there. */
function locationOf(element: Element): { element: Element; list: Element | null; at: number } {
  const list = element.closest('nav');
  const row = element.closest('[data-row]');
  const at = list && row ? [...list.querySelectorAll('[data-row]')].indexOf(row) : 0;
  return { element, list, at: Math.max(0, at) };
}

/**
 * Keeps the focus in the window's content: what had it may be deleted, closed or disabled, and without this Tab would
 * begin at the window's top. It goes to the row where it stands now, else to the one next to it, else to the work pane.
 */
export function useFocusInPlace(main: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let last: ReturnType<typeof locationOf> | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const toMain = () => {
      const dialog = document.querySelector<HTMLElement>(dialogs);
      (dialog ?? main.current)?.focus({ preventScroll: true });
    };
    const restore = () => {
      if (!isLost() || !document.hasFocus()) return;
      if (last === undefined) return toMain();
      const { element, list, at } = last;
      const isGone = !element.isConnected || (element instanceof HTMLButtonElement && element.disabled);
      // A click beside everything takes the focus away on purpose.
      if (!isGone) return element instanceof HTMLElement && wasDisabled ? element.focus() : undefined;
      const moved = element.isConnected ? null : rowNow(element);
      const row = moved ?? (list?.isConnected ? rowNear(list, at) : undefined);
      if (row) row.focus();
      else toMain();
    };
    let wasDisabled = false;
    const check = () => {
      if (!isLost()) return;
      const button = last?.element;
      const isBusy = button instanceof HTMLButtonElement && button.isConnected && button.disabled;
      wasDisabled ||= isBusy;
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
    // A new view: what had the focus went away with the one before.
    timer = setTimeout(restore);
    const observer = new MutationObserver(check);
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
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
