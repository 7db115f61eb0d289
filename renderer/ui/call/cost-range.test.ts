import { expect, test } from 'vitest';
import type { Estimate } from '../../../contract/plan.ts';
import { costRange } from './cost-range.ts';

const estimate = (cost: { min: number; max: number | null } | null): Estimate => ({
  prompt_tokens: 1,
  max_completion_tokens: null,
  cost: cost && { ...cost, currency: 'USD' },
  price: null,
  bound: null,
  counted_by: '',
  sections: [],
});

test('an unknown price is not shown as free', () => {
  expect(costRange(estimate(null))).toBe('price unknown');
  expect(costRange(estimate({ min: 0, max: 0 }))).toBe('free');
});

test('a call without a token limit has no maximum cost', () => {
  expect(costRange(estimate({ min: 0.01, max: null }))).toBe('$0.010 or more');
  expect(costRange(estimate({ min: 0.01, max: 0.2 }))).toBe('$0.010 – $0.20');
  expect(costRange(estimate({ min: 0.2, max: 0.2 }))).toBe('$0.20');
});
