import { expect, test } from 'vitest';
import { isFiltered, newestFirst, nextOrder, noFilter, orderQuery, queryOf } from './history-filter.ts';

test('empty fields are not sent as filters', () => {
  expect(queryOf(noFilter)).toEqual({});
  expect(queryOf({ ...noFilter, text: '   ', model: ' ' })).toEqual({});
  expect(isFiltered({ ...noFilter, text: ' ' })).toBe(false);
});

test('every filter that is set is sent, without surrounding spaces', () => {
  const filter = {
    text: ' rain ',
    mode: 'dry',
    result: 'failed',
    module: 'translate',
    provider: 'stub',
    model: 'stub',
    since: '2026-11-20',
    until: '2026-11-22',
  } as const;
  expect(queryOf(filter)).toEqual({
    text: 'rain',
    mode: 'dry',
    ok: false,
    module: 'translate',
    provider: 'stub',
    model: 'stub',
    since: '2026-11-20',
    until: '2026-11-22',
  });
});

test('an incomplete date is left out, and a long text is truncated to what the log accepts', () => {
  expect(queryOf({ ...noFilter, since: '2026-1' })).toEqual({});
  expect(queryOf({ ...noFilter, text: 'x'.repeat(300) }).text).toHaveLength(200);
});

test('clicking a header sorts by it, then reverses it, then restores newest first', () => {
  const first = nextOrder(newestFirst, 'cost');
  expect(orderQuery(first)).toEqual({ sort: 'cost', order: 'desc' });
  const second = nextOrder(first, 'cost');
  expect(orderQuery(second)).toEqual({ sort: 'cost', order: 'asc' });
  expect(nextOrder(second, 'cost')).toEqual(newestFirst);
  expect(orderQuery(nextOrder(first, 'model'))).toEqual({ sort: 'model', order: 'asc' });
  expect(orderQuery(newestFirst)).toEqual({});
});
