import { expect, test } from 'vitest';
import type { CallRecord } from '../../../contract/call-log.ts';
import { foldPlans } from './fold-plans.ts';
import type { LogRow } from './log-rows.ts';

const at = (minute: number) => `2026-11-29T10:${String(minute).padStart(2, '0')}:00.000Z`;
const call = (id: string, mode: CallRecord['mode'], sha256: string | null, minute: number) =>
  ({ id, mode, sha256, at: at(minute) }) as CallRecord;
const rowsOf = (calls: readonly CallRecord[]): LogRow[] => calls.map(({ id }) => ({ id, plans: [] }));
const shown = (calls: readonly CallRecord[]) =>
  foldPlans(rowsOf(calls), calls).map(({ id, plans }) => [id, ...plans].join(' '));

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

test('unchanged rows stay the same objects', () => {
  const calls = [call('4', 'live', 'a', 4), call('3', 'dry', 'a', 3), call('2', 'live', 'c', 2)];
  const rows = foldPlans(rowsOf(calls), calls);
  const later = [...calls, call('1', 'dry', 'c', 1)];
  const after = foldPlans([...rows, { id: '1', plans: [] }], later);
  expect(after[0]).toBe(rows[0]);
  expect(after[1]).toEqual({ id: '2', plans: ['1'] });
});

test('equal requests are matched in order', () => {
  const many = Array.from({ length: 400 }, (_, i) =>
    call(String(9000 - i), i % 2 ? 'dry' : 'live', 'same', 1),
  );
  const rows = foldPlans(rowsOf(many), many);
  expect(rows).toHaveLength(200);
  expect(rows.every(({ plans }) => plans.length === 1)).toBe(true);
});
