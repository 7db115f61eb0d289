import { expect, test } from 'vitest';
import type { TranslationPlan } from '../../../../contract/translation.ts';
import { runOffer } from './run-offer.ts';

const plan = (overrides: Partial<TranslationPlan>) =>
  ({
    groups: 3,
    cost: { min: 0.01, expected: 0.02, max: 0.06 },
    limit_usd: null,
    spent_usd: 0,
    ...overrides,
  }) as TranslationPlan;

test('a run without a limit is offered', () => {
  expect(runOffer(plan({}), null)).toEqual({ likely: 0.02, max: 0.06, left: null, verdict: 'fits' });
});

test('a run likely to cost more than the limit is refused, unless it stops before that', () => {
  const short = plan({ limit_usd: 1, spent_usd: 0.99 });
  expect(runOffer(short, null).verdict).toBe('refused');
  expect(runOffer(short, 0.005).verdict).toBe('may_pause');
});

test('a run whose maximum price exceeds the limit may pause', () => {
  expect(runOffer(plan({ limit_usd: 0.05 }), null)).toMatchObject({ left: 0.05, verdict: 'may_pause' });
  expect(runOffer(plan({ limit_usd: 5 }), 0.03)).toMatchObject({ left: 0.03, verdict: 'may_pause' });
});

test('an unknown price is refused under a limit, and never counts as 0', () => {
  expect(runOffer(plan({ cost: null, limit_usd: 1 }), null)).toMatchObject({
    likely: null,
    verdict: 'refused',
  });
  expect(runOffer(plan({ cost: null }), null).verdict).toBe('fits');
});

test('a free run is offered under any limit', () => {
  const free = plan({ cost: { min: 0, expected: 0, max: 0 }, limit_usd: 1, spent_usd: 1 });
  expect(runOffer(free, null).verdict).toBe('fits');
});

test('lines that are sent again after an unknown bill have an unknown price, which is never shown as free', () => {
  const unknown = { likely: null, max: null };
  const nothing = { groups: 0, cost: { min: 0, expected: 0, max: 0 } };
  expect(runOffer(plan(nothing), null, true)).toEqual({ ...unknown, left: null, verdict: 'fits' });
  expect(runOffer(plan({ ...nothing, limit_usd: 1 }), null, true)).toMatchObject({
    ...unknown,
    left: 1,
    verdict: 'may_pause',
  });
  expect(runOffer(plan({}), null, true)).toMatchObject({ ...unknown, verdict: 'fits' });
  expect(runOffer(plan({ limit_usd: 1, spent_usd: 0.99 }), null, true).verdict).toBe('refused');
  expect(runOffer(plan({ cost: { min: 0, expected: 0, max: 0 } }), null, true).max).toBe(0);
});

test('a plan without requests offers no run', () => {
  expect(runOffer(plan({ groups: 0, cost: { min: 0, expected: 0, max: 0 } }), null).verdict).toBe('nothing');
});
