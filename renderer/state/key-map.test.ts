import { expect, test } from 'vitest';
import { keyMap, keysOf, keyText, shortcutOf } from './key-map.ts';

const press = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

test('no two shortcuts have the same keys', () => {
  const chords = Object.values(keyMap).map((chord) => JSON.stringify(chord));
  expect(new Set(chords).size).toBe(chords.length);
});

test('Enter alone inserts a line break', () => {
  expect(shortcutOf(press('Enter'), false)).toBeNull();
  expect(shortcutOf(press('Enter', { ctrlKey: true }), false)).toBe('run');
  expect(shortcutOf(press('Enter', { metaKey: true }), true)).toBe('run');
  expect(shortcutOf(press('Enter', { ctrlKey: true, shiftKey: true }), false)).toBe('runColumn');
});

test('on a Mac, Control belongs to the text field; elsewhere the Windows key belongs to the system', () => {
  for (const key of ['k', 'n', 'p', 'f', 'd', 'i', '1']) {
    expect(shortcutOf(press(key, { ctrlKey: true }), true), key).toBeNull();
    expect(shortcutOf(press(key, { metaKey: true }), true), key).not.toBeNull();
    expect(shortcutOf(press(key, { metaKey: true }), false), key).toBeNull();
    expect(shortcutOf(press(key, { ctrlKey: true }), false), key).not.toBeNull();
    expect(shortcutOf(press(key, { ctrlKey: true, metaKey: true }), true), key).toBeNull();
  }
});

test('Shift changes the letter’s case but not the shortcut', () => {
  expect(shortcutOf(press('L', { ctrlKey: true, shiftKey: true }), false)).toBe('toggleMode');
  expect(shortcutOf(press('l', { ctrlKey: true }), false)).toBeNull();
});

test('AltGr, which some systems report as Ctrl+Alt, types a character', () => {
  expect(shortcutOf(press('1', { ctrlKey: true, altKey: true }), false)).toBeNull();
});

test('keys are named as on the keyboard, in the system’s order', () => {
  expect(keysOf('toggleMode', false)).toEqual(['Ctrl', 'Shift', 'L']);
  expect(keysOf('run', true)).toEqual(['⌘', 'Enter']);
  expect(keysOf('runColumn', true)).toEqual(['⇧', '⌘', 'Enter']);
  expect(keysOf('cancel', false)).toEqual(['Esc']);
  expect([keyText('toggleMode', false), keyText('toggleMode', true)]).toEqual(['Ctrl+Shift+L', '⇧⌘L']);
});
