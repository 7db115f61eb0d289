import { Menu as Base } from '@base-ui/react/menu';
import type { LucideIcon } from 'lucide-react';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { clsx } from 'clsx';
import { Button } from './button.tsx';
import { MenuItems, menuLook } from './menu-items.tsx';
import { popupRoot } from './popup-root.tsx';
import { useCloseOnChord } from './use-close-on-chord.ts';

export interface MenuItem {
  label: string;
  onSelect: () => void;
  /** Why it is disabled. */
  unavailable?: string;
}

interface MenuProps {
  label: string;
  icon?: LucideIcon;
  items: readonly MenuItem[];
}

/** A button that opens a menu. */
export function Menu({ label, icon: Icon, items }: MenuProps) {
  const [open, setOpen] = useState(false);
  useCloseOnChord(open, () => setOpen(false));
  return (
    <Base.Root open={open} onOpenChange={setOpen} modal={false}>
      <Base.Trigger
        render={
          <Button>
            {Icon && <Icon size={13} aria-hidden="true" />}
            {label}
            <ChevronDown size={12} aria-hidden="true" className="text-ink-faint" />
          </Button>
        }
      />
      <Base.Portal container={popupRoot()}>
        <Base.Positioner sideOffset={4} align="start" className="z-40">
          <Base.Popup className={clsx('min-w-(--anchor-width)', menuLook)}>
            <MenuItems items={items} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
