import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankWithTies, type RankEntry } from './rank-with-ties.ts';

const entry = (id: string, value: number | null, low?: number, high?: number): RankEntry => ({
  id,
  value,
  interval: low === undefined || high === undefined ? null : { low, high },
});
const ranks = (entries: RankEntry[], better?: 'higher' | 'lower') =>
  rankWithTies(entries, better).map(({ id, rank, tied }) => `${id}${rank ?? '-'}${tied ? '=' : ''}`);

test('separate intervals have separate ranks', () => {
  expect(ranks([entry('a', 50, 49, 51), entry('b', 60, 59, 61), entry('c', 40, 39, 41)])).toEqual([
    'b1',
    'a2',
    'c3',
  ]);
});

test('overlapping intervals share a rank, and the next rank skips the tied ones', () => {
  expect(ranks([entry('a', 60, 55, 65), entry('b', 58, 53, 63), entry('c', 40, 38, 42)])).toEqual([
    'a1=',
    'b1=',
    'c3',
  ]);
});

test('a chain of overlaps does not tie the best with the worst', () => {
  const chain = [entry('a', 60, 57, 63), entry('b', 56, 53, 59), entry('c', 52, 49, 55)];
  expect(ranks(chain)).toEqual(['a1=', 'b1=', 'c3']);
});

test('where lower is better, the order is reversed', () => {
  expect(ranks([entry('dear', 2, 2, 2), entry('cheap', 1, 1, 1)], 'lower')).toEqual(['cheap1', 'dear2']);
});

test('an unknown interval ties, an unknown value has no rank', () => {
  expect(ranks([entry('a', 60, 59, 61), entry('b', 10), entry('z', null), entry('y', null)])).toEqual([
    'a1=',
    'b1=',
    'y-',
    'z-',
  ]);
});

test('the ranks do not depend on the order of the input', () => {
  const value = fc.option(fc.integer({ min: 0, max: 20 }), { nil: null });
  const entries = fc
    .array(fc.tuple(value, fc.integer({ min: 0, max: 4 })), { maxLength: 8 })
    .map((all) =>
      all.map(([v, width], i) =>
        entry(`p${i}`, v, v === null ? undefined : v - width, v === null ? undefined : v + width),
      ),
    );
  fc.assert(
    fc.property(entries, fc.integer(), (all, seed) => {
      const turned = [...all].sort(
        (a, b) => ((seed ^ a.id.charCodeAt(1)) % 7) - ((seed ^ b.id.charCodeAt(1)) % 7),
      );
      expect(ranks(turned)).toEqual(ranks(all));
      const numbers = rankWithTies(all).flatMap(({ rank }) => rank ?? []);
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    }),
  );
});
