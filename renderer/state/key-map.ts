import { isMacKeyboard, keyNames } from './key-names.ts';
import type { ViewId } from './view-in-fragment.ts';

/** The actions that keys can trigger. Mounted components register the handlers; see `shortcuts.ts`. */
export type ShortcutId =
  | ViewId
  | 'palette'
  | 'quickSwitch'
  | 'run'
  | 'runColumn'
  | 'cancel'
  | 'toggleMode'
  | 'addColumn'
  | 'toggleInspector'
  | 'diff'
  | 'save'
  | 'filter'
  | 'create'
  | 'rename'
  | 'nextUnit'
  | 'previousUnit'
  | 'retryUnit'
  | 'previousPreset'
  | 'nextPreset'
  | 'undo'
  | 'help';

export interface Chord {
  /** `KeyboardEvent.key`, in lower case. */
  key: string;
  /**
   * Control; on a Mac Command, because Control belongs to the text field there: Control+K deletes the rest of
   * the line.
   */
  primary?: boolean;
  shift?: boolean;
  alt?: boolean;
}

/** The only key map, shown in tooltips and menus. */
export const keyMap: Record<ShortcutId, Chord> = {
  palette: { key: 'k', primary: true },
  quickSwitch: { key: 'p', primary: true },
  bench: { key: '1', primary: true },
  translate: { key: '2', primary: true },
  providers: { key: '3', primary: true },
  modules: { key: '4', primary: true },
  'prompt-packs': { key: '5', primary: true },
  history: { key: '6', primary: true },
  server: { key: '7', primary: true },
  trials: { key: '8', primary: true },
  settings: { key: ',', primary: true },
  run: { key: 'enter', primary: true },
  runColumn: { key: 'enter', primary: true, shift: true },
  cancel: { key: 'escape' },
  toggleMode: { key: 'l', primary: true, shift: true },
  addColumn: { key: '\\', primary: true },
  toggleInspector: { key: 'i', primary: true },
  diff: { key: 'd', primary: true },
  save: { key: 's', primary: true },
  filter: { key: 'f', primary: true },
  create: { key: 'n', primary: true },
  rename: { key: 'f2' },
  // Single letters are active only while a row of the review has the focus.
  nextUnit: { key: 'j' },
  previousUnit: { key: 'k' },
  retryUnit: { key: 'r' },
  previousPreset: { key: 'arrowup', alt: true },
  nextPreset: { key: 'arrowdown', alt: true },
  undo: { key: 'z', primary: true },
  help: { key: 'f1' },
};

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

function isPressed(chord: Chord, press: KeyPress, isMac: boolean): boolean {
  const [primary, other] = isMac ? [press.metaKey, press.ctrlKey] : [press.ctrlKey, press.metaKey];
  return (
    press.key.toLowerCase() === chord.key &&
    primary === (chord.primary ?? false) &&
    !other &&
    press.shiftKey === (chord.shift ?? false) &&
    press.altKey === (chord.alt ?? false)
  );
}

/** The shortcut for a key press, or null. */
export function shortcutOf(press: KeyPress, isMac = isMacKeyboard()): ShortcutId | null {
  const ids = Object.keys(keyMap) as ShortcutId[];
  return ids.find((id) => isPressed(keyMap[id], press, isMac)) ?? null;
}

/** The keys of a shortcut as labelled on the keyboard. */
export function keysOf(id: ShortcutId, isMac = isMacKeyboard()): string[] {
  return keyNames(keyMap[id], isMac);
}

/** The same as text: `Ctrl+Shift+L`, `⇧⌘L`. */
export function keyText(id: ShortcutId, isMac = isMacKeyboard()): string {
  return keysOf(id, isMac).join(isMac ? '' : '+');
}
