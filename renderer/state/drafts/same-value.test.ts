import { expect, test } from 'vitest';
import { sameValue } from './same-value.ts';

test('a different order of members, or an unset member, is no change', () => {
  expect(sameValue({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1, e: undefined })).toBe(true);
});

test('null is a value: omitting an option differs from inheriting it', () => {
  expect(sameValue({ top_p: null }, {})).toBe(false);
});

test('the order of a list matters', () => {
  expect(sameValue([1, 2], [2, 1])).toBe(false);
});
