import { Menu as Base } from '@base-ui/react/menu';
import type { MenuItem } from './menu.tsx';

/** The style of every menu. */
export const menuLook = 'rounded-md border border-line bg-raised py-1 shadow-pop outline-none';

/** The items of a menu. A disabled one says why. */
export function MenuItems({ items }: { items: readonly MenuItem[] }) {
  return items.map((item) => (
    <Base.Item
      key={item.label}
      disabled={item.unavailable !== undefined}
      title={item.unavailable}
      onClick={item.onSelect}
      className="flex h-7 items-center px-2.5 outline-none data-disabled:text-ink-faint data-highlighted:bg-accent-soft"
    >
      {item.label}
    </Base.Item>
  ));
}
