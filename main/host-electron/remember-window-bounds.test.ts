import { EventEmitter } from 'node:events';
import { beforeEach, afterEach, expect, test, vi } from 'vitest';
import type { SettingsFile } from '../core/app/settings-file.ts';
import { rememberWindowBounds } from './remember-window-bounds.ts';

const bounds = { x: 1, y: 2, width: 1000, height: 700 };

class FakeWindow extends EventEmitter {
  destroyed = false;
  getNormalBounds = () => bounds;
  isMaximized = () => false;
  isDestroyed = () => this.destroyed;
}

/** A file that accepts writes, or fails like a file that another program has open on Windows. */
function fileThat(fails: boolean) {
  const written: unknown[] = [];
  const file: Pick<SettingsFile, 'change'> = {
    async change(next) {
      if (fails) throw Object.assign(new Error('EPERM: operation not permitted, rename'), { code: 'EPERM' });
      written.push(next({}));
    },
  };
  return { file, written };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('many moves are written once, a moment after the last', () => {
  const window = new FakeWindow();
  const { file, written } = fileThat(false);
  rememberWindowBounds(window, file, vi.fn());
  for (let i = 0; i < 5; i++) {
    window.emit('move');
    vi.advanceTimersByTime(100);
  }
  expect(written).toEqual([]);
  vi.advanceTimersByTime(400);
  expect(written).toEqual([{ bounds, maximized: false }]);
});

test('a file that is not writable is reported, from the timer and at the end, and stops nothing', async () => {
  const window = new FakeWindow();
  const tell = vi.fn();
  rememberWindowBounds(window, fileThat(true).file, tell);
  window.emit('resize');
  expect(() => vi.advanceTimersByTime(500)).not.toThrow();
  expect(() => window.emit('close')).not.toThrow();
  await Promise.resolve();
  await Promise.resolve();
  expect(tell.mock.calls.map(([error]) => (error as { code: string }).code)).toEqual(['EPERM', 'EPERM']);
});

test('the bounds of a closed window are not read', () => {
  const window = new FakeWindow();
  const { file, written } = fileThat(false);
  rememberWindowBounds(window, file, vi.fn());
  window.emit('move');
  window.destroyed = true;
  vi.advanceTimersByTime(500);
  expect(written).toEqual([]);
});
