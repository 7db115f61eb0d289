import type { Chord } from './key-map.ts';

/** Whether to use a Mac's keys: Command instead of Control, and symbols instead of words. */
export function isMacKeyboard(): boolean {
  return globalThis.navigator?.userAgent.includes('Macintosh') ?? false;
}

const named: Record<string, string> = {
  enter: 'Enter',
  escape: 'Esc',
  arrowup: '↑',
  arrowdown: '↓',
};

/** The keys of a chord as labelled on the keyboard, in the system's usual order. */
export function keyNames({ key, primary, shift, alt }: Chord, isMac: boolean): string[] {
  const held = isMac
    ? [...(alt ? ['⌥'] : []), ...(shift ? ['⇧'] : []), ...(primary ? ['⌘'] : [])]
    : [...(primary ? ['Ctrl'] : []), ...(alt ? ['Alt'] : []), ...(shift ? ['Shift'] : [])];
  return [...held, named[key] ?? key.toUpperCase()];
}
