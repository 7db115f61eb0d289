import { expect, test } from 'vitest';
import type { Attempt, Cost } from '../../../../contract/chat.ts';
import { spentOn } from './failed-call-cost.ts';

const usd = (total: number): Cost => ({ total, currency: 'USD', source: 'price_table' });
const attempt = (n: number, rest: Partial<Attempt>): Attempt => ({
  n,
  provider: 'openai_public',
  model: 'm',
  reason: n === 1 ? 'first' : 'retry',
  status: 200,
  code: null,
  ms: 1,
  ...rest,
});

test('a call with a reply costs all its attempts; an attempt that may have been billed counts at its bound', () => {
  const attempts = [
    attempt(1, { status: 504, charge: 'unknown', cost: usd(0.5) }),
    attempt(2, { charge: 'settled', cost: usd(0.1) }),
  ];
  expect(spentOn({ cost: usd(0.1), attempts }, 0.5)).toBeCloseTo(0.6);
});

test('a reply at an unknown price costs what was reserved for it', () => {
  const attempts = [attempt(1, { charge: 'settled', cost: null })];
  expect(spentOn({ cost: null, attempts }, 0.5)).toBe(0.5);
  expect(spentOn({ cost: null, attempts }, null)).toBe(0);
});

test('a free reply costs nothing, whatever was reserved', () => {
  expect(spentOn({ cost: { ...usd(0), source: 'free' }, attempts: [attempt(1, {})] }, 0.5)).toBe(0);
});
