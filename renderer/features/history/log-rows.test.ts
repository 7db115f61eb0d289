import { expect, test } from 'vitest';
import type { CallIndex, CallRecord } from '../../../contract/call-log.ts';
import {
  noRows,
  withNewestPage,
  withNextPage,
  withoutCalls,
  withRecords,
  withWaiting,
  type LogRow,
} from './log-rows.ts';

const page = (ids: string, next: string | null = null, plans: CallIndex['plans'] = {}): CallIndex => ({
  ids: [...ids],
  plans,
  next,
});
/** A row as its id and those of its plans: `c+b`. */
const shown = (rows: readonly LogRow[]) => rows.map(({ id, plans }) => [id, ...plans].join('+')).join(' ');
const first = withNewestPage(noRows, page('fed', 'd'), true);

test('while the top is visible, a new call is listed once', () => {
  const log = withNewestPage(first, page('gfe', 'e'), true);
  expect(shown(log.rows)).toBe('g f e d');
  expect(log.next).toBe('d');
  expect(shown(withNewestPage(log, page('gfe', 'e'), true).rows)).toBe('g f e d');
});

test('while the user reads further down, new calls wait and the rows do not move', () => {
  const log = withNewestPage(withNewestPage(first, page('gfe', 'e'), false), page('hgf', 'f'), false);
  expect(shown(log.rows)).toBe('f e d');
  expect(shown(log.waiting)).toBe('h g');
  expect(log.gap).toBe(false);
  expect(shown(withWaiting(log, page('hgf', 'f')).rows)).toBe('h g f e d');
});

test('a gap is marked where a full page could not hold all new calls', () => {
  const head = page('zyx', 'x');
  const log = withNewestPage(first, head, false);
  expect(log).toMatchObject({ gap: true });
  expect(shown(log.waiting)).toBe('z y x');
  expect(withWaiting(log, head)).toMatchObject({ next: 'x', waiting: [], gap: false });
  expect(shown(withWaiting(log, head).rows)).toBe('z y x');
});

test('a call from another computer that arrives late is inserted at its place in time', () => {
  const log = withNewestPage(withNewestPage(noRows, page('hfd', 'd'), true), page('hgf', 'f'), true);
  expect(shown(log.rows)).toBe('h g f d');
});

test('the next page adds each call once, and continues an empty list', () => {
  expect(shown(withNextPage(first, page('dcb')).rows)).toBe('f e d c b');
  expect(shown(withNextPage(withNewestPage(noRows, page('', 'd'), true), page('cb')).rows)).toBe('c b');
});

test('a listed plan moves into the row of its call when the call arrives, also behind the bar', () => {
  const log = withNewestPage(noRows, page('ba'), true);
  const head = page('ca', null, { c: ['b'] });
  expect(shown(withNewestPage(log, head, true).rows)).toBe('c+b a');
  const behind = withNewestPage(log, head, false);
  expect(shown(behind.rows)).toBe('b a');
  expect(shown(withWaiting(behind, head).rows)).toBe('c+b a');
});

test('a refresh without new calls changes nothing', () => {
  const head = page('ca', null, { c: ['b'] });
  const log = withNewestPage(noRows, head, true);
  expect(withNewestPage(log, head, true)).toBe(log);
});

test('a plan of the next page joins its call on the page before; unchanged rows stay the same objects', () => {
  const next = withNextPage(first, page('cb', null, { e: ['d2'] }));
  expect(shown(next.rows)).toBe('f e+d2 d c b');
  expect(next.rows[0]).toBe(first.rows[0]);
});

test('deleted calls leave the list, and the next page follows', () => {
  const log = withoutCalls(first, new Set(['e', 'd']));
  expect(shown(withNextPage(log, page('cb')).rows)).toBe('f c b');
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
