import { expect, test } from 'vitest';
import type { CallPage, CallRecord } from '../../../contract/call-log.ts';
import { noRows, shown, withHead, withOlder } from './log-rows.ts';

const page = (ids: string, next: string | null = null): CallPage => ({
  calls: [...ids].map((id) => ({ id }) as CallRecord),
  next,
});
const ids = (calls: readonly CallRecord[]) => calls.map(({ id }) => id).join('');
const first = withHead(noRows, page('fed', 'd'), true);

test('while the top is visible, a new call is listed once', () => {
  const log = withHead(first, page('gfe', 'e'), true);
  expect(ids(log.rows)).toBe('gfed');
  expect(log.next).toBe('d');
  expect(ids(withHead(log, page('gfe', 'e'), true).rows)).toBe('gfed');
});

test('while the user reads further down, new calls wait and the rows do not move', () => {
  const log = withHead(withHead(first, page('gfe', 'e'), false), page('hgf', 'f'), false);
  expect(ids(log.rows)).toBe('fed');
  expect(ids(log.waiting)).toBe('hg');
  expect(log.gap).toBe(false);
  expect(ids(shown(log, page('hgf', 'f')).rows)).toBe('hgfed');
});

test('a gap is marked where a full page could not hold all new calls', () => {
  const head = page('zyx', 'x');
  const log = withHead(first, head, false);
  expect(log).toMatchObject({ gap: true });
  expect(ids(log.waiting)).toBe('zyx');
  expect(shown(log, head)).toMatchObject({ rows: head.calls, next: 'x', waiting: [], gap: false });
});

test('a call from another computer that arrives late is inserted at its place in time', () => {
  expect(ids(withHead(withHead(noRows, page('hfd', 'd'), true), page('hgf', 'f'), true).rows)).toBe('hgfd');
});

test('older pages add each row once, and continue an empty list', () => {
  expect(ids(withOlder(first, page('dcb')).rows)).toBe('fedcb');
  expect(ids(withOlder(withHead(noRows, page('', 'd'), true), page('cb')).rows)).toBe('cb');
});
