import { expect, test } from 'vitest';
import { stopMethod } from './run.mjs';

const terminal = { platform: 'linux', isTerminal: true, hasWindow: false, isRepeated: false };

test('Ctrl+C in a terminal reaches the program by itself; any other signal is forwarded', () => {
  expect(stopMethod('SIGINT', terminal)).toBe('nothing');
  expect(stopMethod('SIGINT', { ...terminal, isTerminal: false })).toBe('signal');
  expect(stopMethod('SIGTERM', terminal)).toBe('signal');
  expect(stopMethod('SIGHUP', { ...terminal, hasWindow: true })).toBe('signal');
});

test('on Windows a desktop program is asked to close its window, and ended the second time', () => {
  const windows = { ...terminal, platform: 'win32', hasWindow: true };
  expect(stopMethod('SIGINT', windows)).toBe('close window');
  expect(stopMethod('SIGBREAK', { ...windows, isRepeated: true })).toBe('end');
});

test('on Windows a console program gets a console event, as kill would end it at once', () => {
  for (const isRepeated of [false, true])
    expect(stopMethod('SIGINT', { ...terminal, platform: 'win32', isRepeated })).toBe('nothing');
});
