import { expect, test } from 'vitest';
import { stepRow } from './step-row.ts';

test('a key at the edge leaves the table or jumps past its end', () => {
  expect(stepRow('ArrowUp', 0, 10, 5)).toBe(0);
  expect(stepRow('ArrowDown', 9, 10, 5)).toBe(9);
  expect(stepRow('PageDown', 8, 10, 5)).toBe(9);
  expect(stepRow('PageUp', 2, 10, 5)).toBe(0);
  expect(stepRow('End', 0, 10, 5)).toBe(9);
  expect(stepRow('Home', 9, 10, 5)).toBe(0);
});

test('a page keeps one row of the page before in sight, and moves in a window of one row too', () => {
  expect(stepRow('PageDown', 0, 100, 20)).toBe(19);
  expect(stepRow('PageUp', 19, 100, 20)).toBe(0);
  expect(stepRow('PageDown', 0, 100, 0)).toBe(1);
});

test('keys that are not the table’s, and an empty table, are left alone', () => {
  expect(stepRow('a', 0, 10, 5)).toBeNull();
  expect(stepRow('ArrowDown', 0, 0, 5)).toBeNull();
});
