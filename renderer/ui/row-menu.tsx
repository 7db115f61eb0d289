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
  /** The entries for the row with this `data-menu`, as `MenuItems`. */
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
 * Gives the rows in it a menu: by a click with the other button, or the menu key and Shift+F10 on the row with the
 * focus. Outside a row, in fields and on selected text the system's own menu opens as everywhere. Closed, it leaves the
 * focus on the row. (The library's own context menu takes the system's away from all that is in its area.)
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

/** The row, unless what was chosen has moved the focus already, as an editor that opens does. */
function focusAfter(row: HTMLElement): HTMLElement | boolean {
  const { activeElement } = document;
  const moved =
    activeElement !== null && activeElement !== document.body && !activeElement.closest('[role="menu"]');
  return moved ? false : (rowNow(row) ?? true);
}

/** Whether a click is on text that is selected: that one wants to be copied. */
function isInSelection(target: HTMLElement): boolean {
  const selection = window.getSelection();
  return selection !== null && !selection.isCollapsed && selection.containsNode(target, true);
}
