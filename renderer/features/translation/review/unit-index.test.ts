import { expect, test } from 'vitest';
import { UnitIndex } from './unit-index.ts';

const some = new UnitIndex([3, 2, 10, 1, 20, 3]);

test('positions map to ordinals and back', () => {
  expect(some.total).toBe(6);
  const ordinals = [0, 1, 2, 3, 4, 5].map((position) => some.ordinalAt(position));
  expect(ordinals).toEqual([3, 4, 10, 20, 21, 22]);
  expect(ordinals.map((ordinal) => some.positionOf(ordinal))).toEqual([0, 1, 2, 3, 4, 5]);
});

test('a unit that no longer passes the filter maps to the next one', () => {
  expect([1, 5, 9, 11, 19, 23].map((ordinal) => some.positionOf(ordinal))).toEqual([0, 2, 2, 3, 3, 6]);
  expect([3, 5, 22, 23].map((ordinal) => some.has(ordinal))).toEqual([true, false, true, false]);
});

test('an empty list has no unit', () => {
  const none = new UnitIndex([]);
  expect([none.total, none.positionOf(5), none.has(5)]).toEqual([0, 0, false]);
});
