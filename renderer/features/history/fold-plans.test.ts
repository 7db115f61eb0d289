import { expect, test } from 'vitest';
import type { CallRecord } from '../../../contract/call-log.ts';
import { foldPlans } from './fold-plans.ts';

const at = (minute: number) => `2026-11-29T10:${String(minute).padStart(2, '0')}:00.000Z`;
const call = (id: string, mode: CallRecord['mode'], sha256: string | null, minute: number) =>
  ({ id, mode, sha256, at: at(minute) }) as CallRecord;
const shown = (calls: readonly CallRecord[]) =>
  foldPlans(calls).map(({ id, plans }) => [id, ...(plans ?? []).map((plan) => plan.id)].join(' '));

test('a live call and earlier plans of the same bytes are one row', () => {
  const calls = [
    call('4', 'live', 'a', 4),
    call('3', 'dry', 'a', 3),
    call('2', 'dry', 'a', 2),
    call('1', 'dry', 'b', 1),
  ];
  expect(shown(calls)).toEqual(['4 3 2', '1']);
});

test('a plan belongs to the next call; one made after it, long before it, or with other bytes stays separate', () => {
  const calls = [
    call('6', 'dry', 'a', 30),
    call('5', 'live', 'a', 29),
    call('4', 'live', 'a', 20),
    call('3', 'dry', 'a', 19),
    call('2', 'dry', 'a', 1),
    call('1', 'dry', null, 1),
  ];
  expect(shown(calls)).toEqual(['6', '5', '4 3', '2', '1']);
});

test('unchanged rows stay the same objects when more are loaded', () => {
  const folded = new Map();
  const first = [call('4', 'live', 'a', 4), call('3', 'dry', 'a', 3), call('2', 'live', 'c', 2)];
  const before = foldPlans(first, folded);
  const after = foldPlans([...first, call('1', 'live', 'd', 1)], folded);
  expect(after[0]).toBe(before[0]);
  expect(after[1]).toBe(before[1]);
});

test('each of 50,000 calls finds its own plan', () => {
  const many = Array.from({ length: 50_000 }, (_, i) =>
    call(String(9_000_000 - i), i % 2 ? 'dry' : 'live', `sha${i >> 1}`, 1),
  );
  const rows = foldPlans(many);
  expect(rows).toHaveLength(25_000);
  expect(rows.every(({ plans }) => plans?.length === 1)).toBe(true);
});

test('20,000 equal requests are matched in order, in linear time', () => {
  const many = Array.from({ length: 20_000 }, (_, i) =>
    call(String(9_000_000 - i), i % 2 ? 'dry' : 'live', 'same', 1),
  );
  expect(foldPlans(many).every(({ plans }) => plans?.length === 1)).toBe(true);
});
