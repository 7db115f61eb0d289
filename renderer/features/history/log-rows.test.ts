import { expect, test } from 'vitest';
import type { CallPage, CallRecord } from '../../../contract/call-log.ts';
import {
  noRows,
  withNewestPage,
  withOlderPage,
  withRecords,
  withoutCalls,
  withSortedPage,
  withWaiting,
  type LogRow,
} from './log-rows.ts';

const page = (ids: string, next: string | null = null): CallPage => ({
  calls: [...ids].map((id) => ({ id }) as CallRecord),
  next,
});
const ids = (rows: readonly LogRow[]) => rows.map(({ id }) => id).join('');
const first = withNewestPage(noRows, page('fed', 'd'), true);

test('while the top is visible, a new call is listed once', () => {
  const log = withNewestPage(first, page('gfe', 'e'), true);
  expect(ids(log.rows)).toBe('gfed');
  expect(log.next).toBe('d');
  expect(ids(withNewestPage(log, page('gfe', 'e'), true).rows)).toBe('gfed');
});

test('while the user reads further down, new calls wait and the rows do not move', () => {
  const log = withNewestPage(withNewestPage(first, page('gfe', 'e'), false), page('hgf', 'f'), false);
  expect(ids(log.rows)).toBe('fed');
  expect(ids(log.waiting)).toBe('hg');
  expect(log.gap).toBe(false);
  expect(ids(withWaiting(log, page('hgf', 'f')).rows)).toBe('hgfed');
});

test('a gap is marked where a full page could not hold all new calls', () => {
  const head = page('zyx', 'x');
  const log = withNewestPage(first, head, false);
  expect(log).toMatchObject({ gap: true });
  expect(ids(log.waiting)).toBe('zyx');
  expect(withWaiting(log, head)).toMatchObject({ next: 'x', waiting: [], gap: false });
  expect(ids(withWaiting(log, head).rows)).toBe('zyx');
});

test('a call from another computer that arrives late is inserted at its place in time', () => {
  const log = withNewestPage(withNewestPage(noRows, page('hfd', 'd'), true), page('hgf', 'f'), true);
  expect(ids(log.rows)).toBe('hgfd');
});

test('older pages add each row once, and continue an empty list', () => {
  expect(ids(withOlderPage(first, page('dcb')).rows)).toBe('fedcb');
  expect(ids(withOlderPage(withNewestPage(noRows, page('', 'd'), true), page('cb')).rows)).toBe('cb');
});

const call = (id: string, mode: CallRecord['mode'], sha256: string): CallRecord =>
  ({ id, mode, sha256, at: '2026-11-29T10:00:00.000Z' }) as CallRecord;
const folded = (rows: readonly LogRow[]) => rows.map(({ id, plans }) => [id, ...plans].join('+')).join(' ');

test('a plan on an older page is folded into its call on the page before', () => {
  const log = withNewestPage(
    noRows,
    { calls: [call('f', 'live', 'a'), call('e', 'live', 'b')], next: 'e' },
    true,
  );
  const older = { calls: [call('d', 'dry', 'a'), call('c', 'dry', 'b'), call('b', 'dry', 'c')], next: null };
  expect(folded(withOlderPage(log, older).rows)).toBe('f+d e+c b');
});

test('a listed plan moves into the row of its call when the call arrives, also behind the bar', () => {
  const log = withNewestPage(
    noRows,
    { calls: [call('b', 'dry', 'a'), call('a', 'live', 'x')], next: null },
    true,
  );
  const head = { calls: [call('c', 'live', 'a'), call('b', 'dry', 'a'), call('a', 'live', 'x')], next: null };
  expect(folded(withNewestPage(log, head, true).rows)).toBe('c+b a');
  const behind = withNewestPage(log, head, false);
  expect(folded(behind.rows)).toBe('b a');
  expect(folded(withWaiting(behind, head).rows)).toBe('c+b a');
});

test('a plan that was folded is not listed again by the next refresh', () => {
  const head = { calls: [call('c', 'live', 'a'), call('b', 'dry', 'a'), call('a', 'live', 'x')], next: null };
  const log = withNewestPage(noRows, head, true);
  expect(withNewestPage(log, head, true)).toBe(log);
});

test('deleted calls leave the list, and the next older page follows', () => {
  const log = withoutCalls(first, new Set(['e', 'd']));
  expect(ids(withOlderPage(log, page('cb')).rows)).toBe('fcb');
});

test('a sorted list adds each call once, whatever its time', () => {
  const sorted = withSortedPage(withSortedPage(noRows, page('bfa').calls, true), page('acd').calls, false);
  expect(ids(sorted.rows)).toBe('bfacd');
  expect(sorted.next).toBeNull();
});

const someCalls = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({ id: String(from + i) }) as CallRecord);

test('records of many pages stay bounded, and the ones added last are kept', () => {
  let records: ReadonlyMap<string, CallRecord> = new Map();
  for (let from = 0; from < 50_000; from += 200) records = withRecords(records, someCalls(from, from + 200));
  expect(records.size).toBe(1500);
  expect(records.has('49999')).toBe(true);
  expect(records.has('0')).toBe(false);
});

test('a record that is added again counts as new', () => {
  const full = withRecords(new Map(), someCalls(0, 1500));
  const records = withRecords(withRecords(full, someCalls(0, 1)), someCalls(1500, 1501));
  expect(records.has('0')).toBe(true);
  expect(records.has('1')).toBe(false);
});
