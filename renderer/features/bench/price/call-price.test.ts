import { expect, test } from 'vitest';
import type { Estimate } from '../../../../contract/plan.ts';
import { callPrice, sumOf } from './call-price.ts';
import { expectedReply } from './expected-reply.ts';

const estimate = (overrides: Partial<Estimate> = {}): Estimate => ({
  prompt_tokens: 1000,
  max_completion_tokens: 2048,
  cost: { min: 0.001, max: 0.02, currency: 'USD' },
  price: { input: 1, output: 8, per: 1_000_000, currency: 'USD', source: 's', as_of: '2026-11-22' },
  bound: null,
  counted_by: 'o200k',
  sections: [
    { part: 'message', role: 'system', tokens: 700 },
    { part: 'message', role: 'user', tokens: 300 },
    { part: 'format', tokens: 7 },
  ],
  ...overrides,
});

test('a translation is estimated at 1.2 times its source, and its price accordingly', () => {
  const expected = expectedReply('translate', estimate(), []);
  expect(expected).toEqual({ tokens: 360, calls: 0 });
  expect(callPrice(estimate(), expected)).toEqual({
    likely: expect.closeTo(0.00388, 9) as number,
    max: 0.02,
    unknown: false,
    cutAt: null,
  });
});

test('three earlier calls of the module set the expected length, two do not', () => {
  expect(expectedReply('translate', estimate(), [10, 400, 90])).toEqual({ tokens: 90, calls: 3 });
  expect(expectedReply('translate', estimate(), [10, 400]).calls).toBe(0);
});

test('a reply estimated above its limit is shown as truncated, and priced at the limit', () => {
  const price = callPrice(estimate({ max_completion_tokens: 100 }), { tokens: 500, calls: 3 });
  expect(price.cutAt).toBe(100);
  expect(price.likely).toBeCloseTo(0.001 + 100 * 8e-6);
});

test('the likely price never exceeds the maximum; without a token limit there is no maximum', () => {
  expect(callPrice(estimate(), { tokens: 1e9, calls: 3 }).likely).toBe(0.0173_84);
  const open = estimate({ max_completion_tokens: null, cost: { min: 0.001, max: null, currency: 'USD' } });
  expect(callPrice(open, { tokens: 100, calls: 0 })).toMatchObject({ likely: 0.0018, max: null });
});

test('columns sent together are summed, and one unknown price makes the sum unknown', () => {
  const known = callPrice(estimate(), { tokens: 0, calls: 0 });
  expect(sumOf([known, known])).toMatchObject({ likely: 0.002, max: 0.04, unknown: false });
  const unknown = callPrice(estimate({ cost: null, price: null }), { tokens: 0, calls: 0 });
  expect(sumOf([known, unknown])).toMatchObject({ likely: null, max: null, unknown: true });
});
