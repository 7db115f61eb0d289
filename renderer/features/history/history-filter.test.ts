import { expect, test } from 'vitest';
import { isFiltered, newestFirst, nextOrder, noFilter, orderQuery, queryOf } from './history-filter.ts';

test('an empty field is sent as a filter, which the log refuses or finds nothing by', () => {
  expect(queryOf(noFilter)).toEqual({});
  expect(queryOf({ ...noFilter, text: '   ', model: ' ' })).toEqual({});
  expect(isFiltered({ ...noFilter, text: ' ' })).toBe(false);
});

test('a filter that was set is lost', () => {
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

test('a day that is half typed, or a text longer than the log takes, is refused by it', () => {
  expect(queryOf({ ...noFilter, since: '2026-1' })).toEqual({});
  expect(queryOf({ ...noFilter, text: 'x'.repeat(300) }).text).toHaveLength(200);
});

test('a head sorts its natural way, then the other, then gives the newest first again', () => {
  const first = nextOrder(newestFirst, 'cost');
  expect(orderQuery(first)).toEqual({ sort: 'cost', order: 'desc' });
  const second = nextOrder(first, 'cost');
  expect(orderQuery(second)).toEqual({ sort: 'cost', order: 'asc' });
  expect(nextOrder(second, 'cost')).toEqual(newestFirst);
  expect(orderQuery(nextOrder(first, 'model'))).toEqual({ sort: 'model', order: 'asc' });
  expect(orderQuery(newestFirst)).toEqual({});
});
