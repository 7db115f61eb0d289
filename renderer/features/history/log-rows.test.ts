import { expect, test } from 'vitest';
import type { CallPage, CallRecord } from '../../../contract/call-log.ts';
import { noRows, withNewestPage, withOlderPage, withWaiting } from './log-rows.ts';

const page = (ids: string, next: string | null = null): CallPage => ({
  calls: [...ids].map((id) => ({ id }) as CallRecord),
  next,
});
const ids = (calls: readonly CallRecord[]) => calls.map(({ id }) => id).join('');
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
  expect(withWaiting(log, head)).toMatchObject({ rows: head.calls, next: 'x', waiting: [], gap: false });
});

test('a call from another computer that arrives late is inserted at its place in time', () => {
  const log = withNewestPage(withNewestPage(noRows, page('hfd', 'd'), true), page('hgf', 'f'), true);
  expect(ids(log.rows)).toBe('hgfd');
});

test('older pages add each row once, and continue an empty list', () => {
  expect(ids(withOlderPage(first, page('dcb')).rows)).toBe('fedcb');
  expect(ids(withOlderPage(withNewestPage(noRows, page('', 'd'), true), page('cb')).rows)).toBe('cb');
});
