import { expect, test } from 'vitest';
import { amountIn, textOf } from './amount.ts';

test('a comma, a dollar sign or a leading point is accepted; anything else is not an amount', () => {
  expect(['2', '0.25', '0,25', '$ 3', '.5', '1.', ' 0 '].map(amountIn)).toEqual([
    2, 0.25, 0.25, 3, 0.5, 1, 0,
  ]);
  expect(['-1', '1e9', '2 USD', 'no', '1.2.3', 'Infinity', '1000001'].map(amountIn)).toEqual(
    Array.from({ length: 7 }, () => undefined),
  );
});

test('an empty field means no limit, not 0', () => {
  expect(amountIn('  ')).toBeNull();
  expect([textOf(null), textOf(0), textOf(0.0001), textOf(0.0000001)]).toEqual([
    '',
    '0',
    '0.0001',
    '0.0000001',
  ]);
});
