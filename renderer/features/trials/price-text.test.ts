import { expect, test } from 'vitest';
import { amountIn, priceText } from './price-text.ts';

test.each([
  ['', undefined],
  ['  ', undefined],
  ['0.50', 0.5],
  ['0,5', 0.5],
  ['0', 0],
  ['-1', null],
  ['a lot', null],
  ['1e999', null],
])('%j is the limit %s', (text, amount) => {
  expect(amountIn(text)).toBe(amount);
});

test('an unknown price is not shown as free', () => {
  expect(priceText(null)).toBe('price unknown');
  expect(priceText({ min: 0, expected: 0, max: 0 })).toBe('free');
  expect(priceText({ min: 1, expected: 2, max: null })).toContain('no known limit');
});
