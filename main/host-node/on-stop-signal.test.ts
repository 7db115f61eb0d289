import { expect, onTestFinished, test, vi } from 'vitest';
import { loadWithoutSignals } from '../core/lib/stop-signals.ts';
import { graceAfter, onStopSignal } from './on-stop-signal.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const;

/**
 * Listens like the server, in this test's process. Other listeners are removed meanwhile: one that a library
 * added ends the process with the same signal, which cannot be caught on Windows.
 */
function listening() {
  const others = signals.map((signal) => process.listeners(signal));
  for (const signal of signals) process.removeAllListeners(signal);
  onTestFinished(() => {
    signals.forEach((signal, i) => {
      process.removeAllListeners(signal);
      for (const listener of others[i] ?? []) process.on(signal, listener);
    });
  });
  const stop = vi.fn<(graceMs: number) => void>();
  const hurry = vi.fn<() => void>();
  onStopSignal(stop, hurry);
  return { stop, hurry };
}

test.each(signals)('%s stops it once, and its echo does not count as a second signal', (signal) => {
  const { stop, hurry } = listening();
  process.emit(signal, signal);
  process.emit(signal, signal);
  expect([stop.mock.calls.length, hurry.mock.calls.length]).toEqual([1, 0]);
});

test('a later signal of any kind ends it at once', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const { stop, hurry } = listening();
  process.emit('SIGINT', 'SIGINT');
  vi.advanceTimersByTime(2000);
  process.emit('SIGHUP', 'SIGHUP');
  expect([stop.mock.calls.length, hurry.mock.calls.length]).toEqual([1, 1]);
});

test('closing the console window leaves less time than Windows allows', () => {
  expect(graceAfter('SIGHUP', 'win32')).toBeLessThan(8000);
  expect(graceAfter('SIGHUP', 'linux')).toBe(graceAfter('SIGINT', 'win32'));
});

test('a library that would end the process on a signal cannot do so; our own listener stays', async () => {
  const { stop } = listening();
  const later = vi.fn<() => void>();
  const theirs = vi.fn<() => void>();
  const loaded = await loadWithoutSignals(async () => {
    for (const signal of signals) process.once(signal, theirs);
    process.on('SIGINT', later);
    return 'loaded';
  });
  process.emit('SIGINT', 'SIGINT');
  expect([loaded, theirs.mock.calls.length]).toEqual(['loaded', 0]);
  expect([stop.mock.calls.length, later.mock.calls.length]).toEqual([1, 1]);
});
