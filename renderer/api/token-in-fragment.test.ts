import { expect, test } from 'vitest';
import { tokenInFragment } from './token-in-fragment.ts';

test('a token is found whatever stands beside it', () => {
  expect(tokenInFragment('#token=abc-DEF_123.~')).toBe('abc-DEF_123.~');
  expect(tokenInFragment('#other=1&token=abc')).toBe('abc');
});

test('a place in the fragment is not taken for a token', () => {
  expect(tokenInFragment('#/providers')).toBeNull();
  expect(tokenInFragment('')).toBeNull();
});

test('an empty token or one that could not be a header value is refused', () => {
  expect(tokenInFragment('#token=')).toBeNull();
  expect(tokenInFragment('#token=a%0d%0ab')).toBeNull();
  expect(tokenInFragment(`#token=${'a'.repeat(513)}`)).toBeNull();
});
