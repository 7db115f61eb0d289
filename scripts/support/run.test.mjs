import { expect, test } from 'vitest';
import { passOn } from './run.mjs';

const terminal = { platform: 'linux', isTerminal: true, hasWindow: false, isRepeated: false };

test('Ctrl+C in a terminal reaches the program by itself; any other signal is forwarded', () => {
  expect(passOn('SIGINT', terminal)).toBe('nothing');
  expect(passOn('SIGINT', { ...terminal, isTerminal: false })).toBe('signal');
  expect(passOn('SIGTERM', terminal)).toBe('signal');
  expect(passOn('SIGHUP', { ...terminal, hasWindow: true })).toBe('signal');
});

test('on Windows a desktop program is asked to close its window, and ended the second time', () => {
  const windows = { ...terminal, platform: 'win32', hasWindow: true };
  expect(passOn('SIGINT', windows)).toBe('close window');
  expect(passOn('SIGBREAK', { ...windows, isRepeated: true })).toBe('end');
});

test('on Windows a console program gets a console event, as kill would end it at once', () => {
  for (const isRepeated of [false, true])
    expect(passOn('SIGINT', { ...terminal, platform: 'win32', isRepeated })).toBe('nothing');
});
