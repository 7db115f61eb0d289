import { Menu as Base } from '@base-ui/react/menu';
import type { MouseEvent, ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { clsx } from 'clsx';
import { messages } from '../messages.ts';
import { menuLook } from './menu-items.tsx';
import { popupRoot } from './popup-root.tsx';
import { useCloseOnChord } from './use-close-on-chord.ts';
import { rowNow } from './use-list-focus.ts';

interface RowMenuProps {
  /** The items for the row with this `data-menu`, as `MenuItems`. */
  menuOf: (id: string) => ReactNode;
  children: ReactNode;
}

const rowSelector = '[data-menu]';

interface Opened {
  id: string;
  label: string;
  row: HTMLElement;
  at: { x: number; y: number };
}

/**
 * Gives the rows in it a context menu: by right click, or the menu key and Shift+F10 on the focused row.
 * Outside rows, in fields and on selected text the system's own menu opens as usual. When it closes, the
 * focus returns to the row. (The library's own context menu disables the system's menu in its whole area.)
 */
export function RowMenu({ menuOf, children }: RowMenuProps) {
  const [open, setOpen] = useState(false);
  const [opened, setOpened] = useState<Opened | null>(null);
  useCloseOnChord(open, () => setOpen(false));
  const anchor = useMemo(
    () => opened && { getBoundingClientRect: () => DOMRect.fromRect({ ...opened.at, width: 0, height: 0 }) },
    [opened],
  );

  function onContextMenu(event: MouseEvent): void {
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>(rowSelector);
    if (!row || target.closest('input, textarea') || isInSelection(target)) return;
    event.preventDefault();
    const { menu = '', menuLabel } = row.dataset;
    const label = menuLabel ?? row.querySelector('[role="rowheader"]')?.textContent ?? menu;
    setOpened({ id: menu, label, row, at: { x: event.clientX, y: event.clientY } });
    setOpen(true);
  }

  return (
    <>
      <div className="contents" onContextMenu={onContextMenu}>
        {children}
      </div>
      {opened && (
        <Base.Root open={open} onOpenChange={setOpen} modal={false}>
          <Base.Portal container={popupRoot()}>
            <Base.Positioner anchor={anchor} side="bottom" align="start" className="z-40">
              <Base.Popup
                aria-label={messages.ui.actionsFor(opened.label)}
                finalFocus={() => focusAfter(opened.row)}
                className={clsx('min-w-44', menuLook)}
              >
                {menuOf(opened.id)}
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.Root>
      )}
    </>
  );
}

/** The row, unless the chosen command has already moved the focus, for example to an editor. */
function focusAfter(row: HTMLElement): HTMLElement | boolean {
  const { activeElement } = document;
  const moved =
    activeElement !== null && activeElement !== document.body && !activeElement.closest('[role="menu"]');
  return moved ? false : (rowNow(row) ?? true);
}

/** Whether a click is on selected text, which the user wants to copy. */
function isInSelection(target: HTMLElement): boolean {
  const selection = window.getSelection();
  return selection !== null && !selection.isCollapsed && selection.containsNode(target, true);
}
