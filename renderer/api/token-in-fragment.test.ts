import { expect, test } from 'vitest';
import { tokenInFragment } from './token-in-fragment.ts';

test('a token is found, whatever else is in the fragment', () => {
  expect(tokenInFragment('#token=abc-DEF_123.~')).toBe('abc-DEF_123.~');
  expect(tokenInFragment('#other=1&token=abc')).toBe('abc');
});

test('a view in the fragment is not read as a token', () => {
  expect(tokenInFragment('#/providers')).toBeNull();
  expect(tokenInFragment('')).toBeNull();
});

test('an empty token or one that is no valid header value is refused', () => {
  expect(tokenInFragment('#token=')).toBeNull();
  expect(tokenInFragment('#token=a%0d%0ab')).toBeNull();
  expect(tokenInFragment(`#token=${'a'.repeat(513)}`)).toBeNull();
});
