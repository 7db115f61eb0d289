import { expect, test } from 'vitest';
import type { CallRecord } from '../../../contract/call-log.ts';
import { callCostText } from './call-outcome.ts';

const call = (more: Partial<CallRecord>) =>
  ({
    mode: 'live',
    ok: false,
    cost: null,
    attempts: 1,
    upstream_status: null,
    code: null,
    ...more,
  }) as CallRecord;

test('a call that a provider refused, or that was never sent, cost nothing', () => {
  expect(callCostText(call({ upstream_status: 401 }), false)).toBe('$0');
  expect(callCostText(call({ attempts: 0, code: 'missing_key' }), false)).toBe('$0');
  expect(callCostText(call({ code: 'provider_unreachable' }), false)).toBe('$0');
});

test('the cost of a live call that may have been billed is unknown, not blank', () => {
  expect(callCostText(call({ code: 'provider_interrupted' }), false)).toBe('unknown');
  expect(callCostText(call({ upstream_status: 504 }), false)).toBe('unknown');
  expect(callCostText(call({ upstream_status: 401, attempts: 2 }), false)).toBe('unknown');
  expect(callCostText(call({ code: 'provider_unreachable', attempts: 3 }), false)).toBe('unknown');
  expect(callCostText(call({ ok: true, upstream_status: 200 }), false)).toBe('unknown');
});

test('a local call is free, and a dry run has no cost to name', () => {
  expect(callCostText(call({ upstream_status: 504 }), true)).toBe('$0');
  expect(callCostText(call({ mode: 'dry', ok: true }), false)).toBe('');
});
