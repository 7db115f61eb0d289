import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Throttled } from './throttled.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the first call runs at once, and calls that follow closely run once at the end', () => {
  let calls = 0;
  const throttled = new Throttled(() => calls++, 500);
  throttled.call();
  expect(calls).toBe(1);
  for (let n = 0; n < 20; n++) throttled.call();
  expect(calls).toBe(1);
  vi.advanceTimersByTime(500);
  expect(calls).toBe(2);
  vi.advanceTimersByTime(5000);
  expect(calls).toBe(2);
});

test('a waiting call runs on close, and nothing runs afterwards', () => {
  let calls = 0;
  const throttled = new Throttled(() => calls++, 500);
  throttled.call();
  throttled.call();
  throttled.close();
  expect(calls).toBe(2);
  vi.advanceTimersByTime(5000);
  expect(calls).toBe(2);
});
