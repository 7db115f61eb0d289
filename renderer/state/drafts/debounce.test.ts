import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { debounce } from './debounce.ts';

const page = { window: new EventTarget(), document: new EventTarget() };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  for (const [name, target] of Object.entries(page)) vi.stubGlobal(name, target);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('continuous typing is saved every two seconds', () => {
  const save = vi.fn();
  const changed = debounce(save);
  for (let key = 0; key < 50; key++) {
    changed();
    vi.advanceTimersByTime(100);
  }
  expect(save).toHaveBeenCalledTimes(2);
});

test('a pause saves once, and without a change nothing is saved', () => {
  const save = vi.fn();
  const changed = debounce(save);
  page.window.dispatchEvent(new Event('pagehide'));
  vi.advanceTimersByTime(10_000);
  expect(save).not.toHaveBeenCalled();
  changed();
  changed();
  vi.advanceTimersByTime(10_000);
  expect(save).toHaveBeenCalledTimes(1);
});

test('closing or hiding the window saves without waiting for a pause', () => {
  const save = vi.fn();
  const changed = debounce(save);
  changed();
  page.window.dispatchEvent(new Event('pagehide'));
  changed();
  page.document.dispatchEvent(new Event('visibilitychange'));
  expect(save).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(10_000);
  expect(save).toHaveBeenCalledTimes(2);
});
