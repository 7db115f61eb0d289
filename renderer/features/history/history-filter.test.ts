import { expect, test } from 'vitest';
import { isFiltered, noFilter, queryOf } from './history-filter.ts';

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
    day: '2026-11-22',
  } as const;
  expect(queryOf(filter)).toEqual({
    text: 'rain',
    mode: 'dry',
    ok: false,
    module: 'translate',
    provider: 'stub',
    model: 'stub',
    day: '2026-11-22',
  });
});

test('a day that is half typed, or a text longer than the log takes, is refused by it', () => {
  expect(queryOf({ ...noFilter, day: '2026-1' })).toEqual({});
  expect(queryOf({ ...noFilter, text: 'x'.repeat(300) }).text).toHaveLength(200);
});
