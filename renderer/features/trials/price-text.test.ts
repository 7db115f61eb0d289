import { expect, test } from 'vitest';
import { priceText } from './price-text.ts';

test('an unknown price is not shown as free', () => {
  expect(priceText(null)).toBe('price unknown');
  expect(priceText({ min: 0, expected: 0, max: 0 })).toBe('free');
  expect(priceText({ min: 1, expected: 2, max: null })).toContain('no known limit');
});
