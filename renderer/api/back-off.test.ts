import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { repeatWithBackOff, waitBeforeTry } from './back-off.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a server that stays unreachable is called at most four times a minute', () => {
  expect([0, 1, 2, 3, 4, 5, 50].map(waitBeforeTry)).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
});

test('a refused token ends the retries, so that the server does not lock this address out', async () => {
  const attempt = vi.fn(async () => 'stop' as const);
  repeatWithBackOff(attempt, () => undefined);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(attempt).toHaveBeenCalledTimes(1);
});

test('a broken connection is retried, also after an error', async () => {
  const attempt = vi.fn(async (): Promise<'again'> => Promise.reject(new Error('gone')));
  const ended = vi.fn();
  const stop = repeatWithBackOff(attempt, ended);
  await vi.advanceTimersByTimeAsync(499);
  expect(attempt).toHaveBeenCalledTimes(1);
  expect(ended).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(attempt).toHaveBeenCalledTimes(2);
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(attempt).toHaveBeenCalledTimes(2);
});
