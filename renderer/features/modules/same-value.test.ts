import { expect, test } from 'vitest';
import { sameValue } from './same-value.ts';

test('an edit that only moved a member, or unset one, is no change', () => {
  expect(sameValue({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1, e: undefined })).toBe(true);
});

test('null is a value: leaving an option out is not the same as inheriting it', () => {
  expect(sameValue({ top_p: null }, {})).toBe(false);
});

test('the order of a list counts', () => {
  expect(sameValue([1, 2], [2, 1])).toBe(false);
});
