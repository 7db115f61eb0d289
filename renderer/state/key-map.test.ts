import { expect, test } from 'vitest';
import { keyMap, keysOf, shortcutOf } from './key-map.ts';

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

test('no two shortcuts share their keys', () => {
  const chords = Object.values(keyMap).map((chord) => JSON.stringify(chord));
  expect(new Set(chords).size).toBe(chords.length);
});

test('Enter alone goes on to make a new line', () => {
  expect(shortcutOf(press('Enter'))).toBeNull();
  expect(shortcutOf(press('Enter', { ctrlKey: true }))).toBe('run');
  expect(shortcutOf(press('Enter', { metaKey: true }))).toBe('run');
  expect(shortcutOf(press('Enter', { ctrlKey: true, shiftKey: true }))).toBe('runColumn');
});

test('a held Shift changes the letter’s case but not the shortcut', () => {
  expect(shortcutOf(press('L', { ctrlKey: true, shiftKey: true }))).toBe('toggleMode');
  expect(shortcutOf(press('l', { ctrlKey: true }))).toBeNull();
});

test('AltGr, which some systems tell as Ctrl+Alt, types a character', () => {
  expect(shortcutOf(press('1', { ctrlKey: true, altKey: true }))).toBeNull();
});

test('keys are named as they are on the keyboard', () => {
  expect(keysOf('toggleMode', false)).toEqual(['Ctrl', 'Shift', 'L']);
  expect(keysOf('run', true)).toEqual(['⌘', 'Enter']);
  expect(keysOf('cancel', false)).toEqual(['Esc']);
});
