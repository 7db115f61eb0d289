import { expect, test } from 'vitest';
import { placeInFragment } from './place-in-fragment.ts';

test('an address with an unknown or no place opens the Bench', () => {
  expect(placeInFragment('')).toBe('bench');
  expect(placeInFragment('#/gone')).toBe('bench');
  expect(placeInFragment('#token=abc')).toBe('bench');
  expect(placeInFragment('#/providers')).toBe('providers');
});
