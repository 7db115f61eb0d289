import { expect, test } from 'vitest';
import { stepRow } from './step-row.ts';

test('keys stop at the first and last row', () => {
  expect(stepRow('ArrowUp', 0, 10, 5)).toBe(0);
  expect(stepRow('ArrowDown', 9, 10, 5)).toBe(9);
  expect(stepRow('PageDown', 8, 10, 5)).toBe(9);
  expect(stepRow('PageUp', 2, 10, 5)).toBe(0);
  expect(stepRow('End', 0, 10, 5)).toBe(9);
  expect(stepRow('Home', 9, 10, 5)).toBe(0);
});

test('a page step keeps one row of the previous page visible, and moves at least one row', () => {
  expect(stepRow('PageDown', 0, 100, 20)).toBe(19);
  expect(stepRow('PageUp', 19, 100, 20)).toBe(0);
  expect(stepRow('PageDown', 0, 100, 0)).toBe(1);
});

test('other keys, and an empty table, do nothing', () => {
  expect(stepRow('a', 0, 10, 5)).toBeNull();
  expect(stepRow('ArrowDown', 0, 0, 5)).toBeNull();
});
