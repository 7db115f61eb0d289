/** What a key can do. Handlers are given by whoever is on screen; see `shortcuts.ts`. */
export type ShortcutId =
  | 'run'
  | 'cancel'
  | 'toggleMode'
  | 'toggleInspector'
  | 'bench'
  | 'providers'
  | 'settings';

export interface Chord {
  /** `KeyboardEvent.key`, in lower case. */
  key: string;
  /** Ctrl, or ⌘ on a Mac. */
  primary?: boolean;
  shift?: boolean;
}

/** The one map of keys, shown in tooltips and menus. */
export const keyMap: Record<ShortcutId, Chord> = {
  run: { key: 'enter', primary: true },
  cancel: { key: 'escape' },
  toggleMode: { key: 'l', primary: true, shift: true },
  toggleInspector: { key: 'i', primary: true },
  bench: { key: '1', primary: true },
  providers: { key: '2', primary: true },
  settings: { key: ',', primary: true },
};

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

function isPressed(chord: Chord, press: KeyPress): boolean {
  return (
    press.key.toLowerCase() === chord.key &&
    (press.ctrlKey || press.metaKey) === (chord.primary ?? false) &&
    press.shiftKey === (chord.shift ?? false) &&
    !press.altKey
  );
}

/** The shortcut that a key press means, or null. */
export function shortcutOf(press: KeyPress): ShortcutId | null {
  const ids = Object.keys(keyMap) as ShortcutId[];
  return ids.find((id) => isPressed(keyMap[id], press)) ?? null;
}

const keyNames: Record<string, string> = { enter: 'Enter', escape: 'Esc' };

/** The keys of a shortcut as they are written on the keyboard. */
export function keysOf(id: ShortcutId, isMac = isMacKeyboard()): string[] {
  const { key, primary, shift } = keyMap[id];
  const name = keyNames[key] ?? key.toUpperCase();
  return [...(primary ? [isMac ? '⌘' : 'Ctrl'] : []), ...(shift ? [isMac ? '⇧' : 'Shift'] : []), name];
}

function isMacKeyboard(): boolean {
  return globalThis.navigator?.userAgent.includes('Macintosh') ?? false;
}
