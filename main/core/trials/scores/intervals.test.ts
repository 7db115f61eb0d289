import { describe, expect, test } from 'vitest';
import {
  bootstrapInterval,
  quantile,
  quantileIntervals,
  rateOf,
  seededRandom,
  wilsonInterval,
} from './intervals.ts';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('random numbers', () => {
  test('are equal for equal seeds and differ for others', () => {
    const take = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));
    expect(take(7)).toEqual(take(7));
    expect(take(7)).not.toEqual(take(8));
  });

  test('are spread evenly over [0, 1)', () => {
    const numbers = Array.from({ length: 20_000 }, seededRandom(3));
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = numbers.filter((n) => Math.floor(n * 10) === tenth).length / numbers.length;
      expect(share).toBeCloseTo(0.1, 1.9);
    }
  });
});

describe('quantiles', () => {
  test('lie between two values in proportion', () => {
    // Position 0.95 · 3 = 2.85: 30 + 0.85 · 10.
    expect(quantile([40, 10, 30, 20], 0.95)).toBeCloseTo(38.5);
    expect(quantile([40, 10, 30, 20], 0.5)).toBe(25);
    expect(quantile([7], 0.95)).toBe(7);
  });

  test('of nothing are unknown, and the input keeps its order', () => {
    expect(quantile([], 0.5)).toBeNull();
    const values = [3, 1, 2];
    quantile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('the Wilson interval', () => {
  // Centre (p + z²/2n) / (1 + z²/n), z² = 3.841459.
  // 8 of 10: (0.8 + 0.192073) / 1.384146 = 0.716740; spread 1.959964 · √(0.016 + 0.0096036) / 1.384146 = 0.226578
  test('8 of 10', () => {
    const interval = wilsonInterval(8, 10);
    expect(interval?.low).toBeCloseTo(0.490162, 5);
    expect(interval?.high).toBeCloseTo(0.943318, 5);
  });

  test('has a width at 0 % and 100 %, and stays within 0 and 1', () => {
    expect(wilsonInterval(0, 10)?.low).toBe(0);
    expect(wilsonInterval(0, 10)?.high).toBeCloseTo(0.277533, 5);
    expect(wilsonInterval(10, 10)?.low).toBeCloseTo(0.722467, 5);
    expect(wilsonInterval(10, 10)?.high).toBe(1);
    // By the formula it would be 3.4e-17.
    expect(wilsonInterval(0, 6)?.low).toBe(0);
  });

  test('of no trials is unknown', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
    expect(rateOf(0, 0)).toEqual({ passed: 0, total: 0, rate: null, interval: null });
  });
});

describe('the bootstrap', () => {
  test('of a mean is near the textbook interval', () => {
    // 400 values, standard deviation 1/√12: mean ± 1.96 · 0.288675 / 20 = ± 0.0283
    const values = Array.from({ length: 400 }, seededRandom(11));
    const interval = bootstrapInterval(values, mean, { resamples: 2000, seed: 5 });
    expect(interval?.low).toBeCloseTo(mean(values) - 0.0283, 2);
    expect(interval?.high).toBeCloseTo(mean(values) + 0.0283, 2);
  });

  test('gives equal bounds for equal seeds', () => {
    const values = Array.from({ length: 50 }, seededRandom(6));
    const once = bootstrapInterval(values, mean, { seed: 4 });
    expect(bootstrapInterval(values, mean, { seed: 4 })).toEqual(once);
    expect(bootstrapInterval(values, mean, { seed: 5 })).not.toEqual(once);
  });

  test('narrows with a lower confidence', () => {
    const values = Array.from({ length: 100 }, seededRandom(2));
    const width = (confidence: number) => {
      const interval = bootstrapInterval(values, mean, { confidence });
      return (interval?.high ?? 0) - (interval?.low ?? 0);
    };
    expect(width(0.5)).toBeLessThan(width(0.95));
  });

  test('of one value is unknown', () => {
    expect(bootstrapInterval([1], mean)).toBeNull();
  });
});

describe('the bootstrap of quantiles', () => {
  test('is what resampling and sorting gives', () => {
    const values = Array.from({ length: 61 }, seededRandom(9));
    const [p50, p95] = quantileIntervals(values, [0.5, 0.95], { seed: 3 });
    // The same samples from the sorted values, calculated directly.
    const sorted = [...values].sort((a, b) => a - b);
    const plain = (q: number) =>
      bootstrapInterval(sorted, (sample) => quantile(sample, q) ?? NaN, { seed: 3 });
    expect(p50?.low).toBeCloseTo(plain(0.5)?.low ?? NaN, 12);
    expect(p50?.high).toBeCloseTo(plain(0.5)?.high ?? NaN, 12);
    expect(p95?.low).toBeCloseTo(plain(0.95)?.low ?? NaN, 12);
    expect(p95?.high).toBeCloseTo(plain(0.95)?.high ?? NaN, 12);
  });

  test('of a median is near the textbook interval', () => {
    // 400 even values: the median lies between the order statistics 200 ± 1.96 · √400 / 2 = ± 19.6, so about ± 0.049.
    const [interval] = quantileIntervals(Array.from({ length: 400 }, seededRandom(12)), [0.5], { seed: 5 });
    expect((interval?.high ?? 0) - (interval?.low ?? 0)).toBeGreaterThan(0.06);
    expect((interval?.high ?? 0) - (interval?.low ?? 0)).toBeLessThan(0.14);
  });

  test('of equal values has no width, and of one value is unknown', () => {
    expect(quantileIntervals([4, 4, 4], [0.5])).toEqual([{ low: 4, high: 4 }]);
    expect(quantileIntervals([4], [0.5, 0.95])).toEqual([null, null]);
    expect(quantileIntervals([], [0.5])).toEqual([null]);
  });
});
