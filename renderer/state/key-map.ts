import type { PlaceId } from './place-in-fragment.ts';

/** What a key can do. Handlers are given by whoever is on screen; see `shortcuts.ts`. */
export type ShortcutId =
  | PlaceId
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
  | 'previousPreset'
  | 'nextPreset';

export interface Chord {
  /** `KeyboardEvent.key`, in lower case. */
  key: string;
  /** Ctrl, or ⌘ on a Mac. */
  primary?: boolean;
  shift?: boolean;
  alt?: boolean;
}

/** The one map of keys, shown in tooltips and menus. */
export const keyMap: Record<ShortcutId, Chord> = {
  palette: { key: 'k', primary: true },
  quickSwitch: { key: 'p', primary: true },
  bench: { key: '1', primary: true },
  providers: { key: '2', primary: true },
  modules: { key: '3', primary: true },
  'prompt-packs': { key: '4', primary: true },
  history: { key: '5', primary: true },
  server: { key: '6', primary: true },
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
  previousPreset: { key: 'arrowup', alt: true },
  nextPreset: { key: 'arrowdown', alt: true },
};

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

function isPressed(chord: Chord, press: KeyPress): boolean {
  return (
    press.key.toLowerCase() === chord.key &&
    (press.ctrlKey || press.metaKey) === (chord.primary ?? false) &&
    press.shiftKey === (chord.shift ?? false) &&
    press.altKey === (chord.alt ?? false)
  );
}

/** The shortcut that a key press means, or null. */
export function shortcutOf(press: KeyPress): ShortcutId | null {
  const ids = Object.keys(keyMap) as ShortcutId[];
  return ids.find((id) => isPressed(keyMap[id], press)) ?? null;
}

const keyNames: Record<string, string> = {
  enter: 'Enter',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
};

/** The keys of a shortcut as they are written on the keyboard. */
export function keysOf(id: ShortcutId, isMac = isMacKeyboard()): string[] {
  const { key, primary, shift, alt } = keyMap[id];
  const held = [
    ...(primary ? [isMac ? '⌘' : 'Ctrl'] : []),
    ...(alt ? [isMac ? '⌥' : 'Alt'] : []),
    ...(shift ? [isMac ? '⇧' : 'Shift'] : []),
  ];
  return [...held, keyNames[key] ?? key.toUpperCase()];
}

function isMacKeyboard(): boolean {
  return globalThis.navigator?.userAgent.includes('Macintosh') ?? false;
}
