import { messages } from '../../../messages.ts';
import type { ShortcutId } from '../../../state/key-map.ts';
import { viewIds } from '../../../state/view-in-fragment.ts';
import type { PaletteEntry } from './palette-entry.ts';

/** Views have entries of their own; the palette does not offer itself. */
const elsewhere: ReadonlySet<ShortcutId> = new Set([...viewIds, 'palette', 'quickSwitch', 'cancel']);

/** The window's current keyboard shortcuts, for users who do not know the key. */
export function keyEntries(ids: readonly ShortcutId[], run: (id: ShortcutId) => void): PaletteEntry[] {
  return ids
    .filter((id) => !elsewhere.has(id))
    .map((id) => ({
      id: `key ${id}`,
      label: messages.frame.shortcutNames[id],
      group: messages.palette.here,
      shortcut: id,
      run: () => run(id),
    }));
}
