import { expect, test } from 'vitest';
import type { LogLevel, LogLine } from '../../../../contract/log-line.ts';
import { atLeast, withNewer } from './log-buffer.ts';

const line = (n: number, level: LogLevel = 'info'): LogLine => ({
  n,
  at: '',
  level,
  message: '',
  request_id: null,
  rest: '',
});
const numbers = (lines: readonly LogLine[]) => lines.map(({ n }) => n);

test('the newest lines are on top, and the oldest are dropped', () => {
  expect(numbers(withNewer([line(2), line(1)], [line(3), line(4)], 3))).toEqual([4, 3, 2]);
  expect(numbers(withNewer([line(1)], [line(2), line(3), line(4)], 2))).toEqual([4, 3]);
});

test('without new lines the buffer stays the same object', () => {
  const stored = [line(1)];
  expect(withNewer(stored, [])).toBe(stored);
  expect(atLeast(stored, 'trace')).toBe(stored);
});

test('a level hides exactly the lines below it', () => {
  const lines = [line(1, 'debug'), line(2, 'info'), line(3, 'warn'), line(4, 'error'), line(5, 'fatal')];
  expect(numbers(atLeast(lines, 'warn'))).toEqual([3, 4, 5]);
});
