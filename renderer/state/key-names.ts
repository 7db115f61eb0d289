import type { Chord } from './key-map.ts';

/** Whether the keys are a Mac's: Command in place of Control, and signs in place of words. */
export function isMacKeyboard(): boolean {
  return globalThis.navigator?.userAgent.includes('Macintosh') ?? false;
}

const named: Record<string, string> = {
  enter: 'Enter',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
};

/** The keys of a chord as they are written on the keyboard, in the order in which each system names them. */
export function keyNames({ key, primary, shift, alt }: Chord, isMac: boolean): string[] {
  const held = isMac
    ? [...(alt ? ['⌥'] : []), ...(shift ? ['⇧'] : []), ...(primary ? ['⌘'] : [])]
    : [...(primary ? ['Ctrl'] : []), ...(alt ? ['Alt'] : []), ...(shift ? ['Shift'] : [])];
  return [...held, named[key] ?? key.toUpperCase()];
}
