/** Bounds of a confidence interval, in the units of the estimated value. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * Pseudorandom numbers in [0, 1), the same for the same seed on every machine (mulberry32). For resampling
 * and for shuffling votes; never for secrets.
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A quantile by linear interpolation between the two nearest values (type 7 of Hyndman and Fan, the default
 * of R and NumPy). null without values.
 * @param q from 0 to 1
 */
export function quantile(values: readonly number[], q: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * q;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) return null;
  return below + (above - below) * (position - Math.floor(position));
}

export interface BootstrapOptions {
  /** Defaults to 1,000. */
  resamples?: number;
  /** Defaults to 0.95. */
  confidence?: number;
  /** The same seed gives the same bounds. Defaults to 1. */
  seed?: number;
}

/**
 * Percentile bootstrap: computes the statistic of many samples drawn with replacement, and the quantiles of
 * the results. null for fewer than two items, because one value says nothing about its spread and a width of
 * zero would suggest certainty.
 * @param statistic gets as many items as were given, some of them several times
 */
export function bootstrapInterval<T>(
  items: readonly T[],
  statistic: (sample: readonly T[]) => number,
  { resamples = 1000, confidence = 0.95, seed = 1 }: BootstrapOptions = {},
): Interval | null {
  if (items.length < 2) return null;
  const random = seededRandom(seed);
  const values = Array.from({ length: resamples }, () =>
    statistic(items.map(() => items[Math.floor(random() * items.length)] as T)),
  );
  const tail = (1 - confidence) / 2;
  const low = quantile(values, tail);
  const high = quantile(values, 1 - tail);
  return low === null || high === null ? null : { low, high };
}

/**
 * Percentile bootstrap of quantiles, one interval for each of `qs`, in order. The values are sorted once, and
 * a sample is stored as the count of each value, so thousands of values take milliseconds. null for fewer
 * than two values, as above.
 */
export function quantileIntervals(
  values: readonly number[],
  qs: readonly number[],
  { resamples = 1000, confidence = 0.95, seed = 1 }: BootstrapOptions = {},
): (Interval | null)[] {
  const sorted = Float64Array.from(values).sort();
  const size = sorted.length;
  if (size < 2) return qs.map(() => null);
  const random = seededRandom(seed);
  const drawn = new Uint32Array(size);
  const quantiles = qs.map(() => [] as number[]);
  for (let round = 0; round < resamples; round++) {
    drawn.fill(0);
    for (let draw = 0; draw < size; draw++) {
      const at = Math.floor(random() * size);
      drawn[at] = (drawn[at] ?? 0) + 1;
    }
    const valueAt = orderStatistics(sorted, drawn);
    qs.forEach((q, i) => {
      const position = (size - 1) * q;
      const [below, above] = [valueAt(Math.floor(position)), valueAt(Math.ceil(position))];
      quantiles[i]?.push(below + (above - below) * (position - Math.floor(position)));
    });
  }
  const tail = (1 - confidence) / 2;
  return quantiles.map((found) => {
    const [low, high] = [quantile(found, tail), quantile(found, 1 - tail)];
    return low === null || high === null ? null : { low, high };
  });
}

/**
 * The value at a position of a sample in ascending order, computed from how often each sorted value was
 * drawn.
 */
function orderStatistics(sorted: Float64Array, drawn: Uint32Array): (place: number) => number {
  return (place) => {
    let seen = 0;
    for (let at = 0; at < sorted.length; at++) {
      seen += drawn[at] ?? 0;
      if (seen > place) return sorted[at] ?? NaN;
    }
    return NaN;
  };
}

/** The standard normal quantile for a two-sided 95 % interval. */
const z = 1.959963984540054;

/**
 * Wilson's score interval of a rate (Wilson 1927), 95 %. It stays within 0 and 1, and its
 * width is not zero for 0 of n and n of n. null for no trials.
 * @param successes may be a multiple of a half: a tie counts for both sides
 */
export function wilsonInterval(successes: number, trials: number): Interval | null {
  if (trials <= 0) return null;
  const rate = successes / trials;
  const scale = 1 + z ** 2 / trials;
  const centre = rate + z ** 2 / (2 * trials);
  const spread = z * Math.sqrt((rate * (1 - rate)) / trials + z ** 2 / (4 * trials ** 2));
  // For 0 and n of n one bound is exact, which floating point would miss slightly.
  return {
    low: successes === 0 ? 0 : Math.max(0, (centre - spread) / scale),
    high: successes === trials ? 1 : Math.min(1, (centre + spread) / scale),
  };
}

/** A share of units with its interval; `rate` and `interval` are null if nothing was counted. */
export interface Rate {
  passed: number;
  total: number;
  rate: number | null;
  interval: Interval | null;
}

export function rateOf(passed: number, total: number): Rate {
  return {
    passed,
    total,
    rate: total > 0 ? passed / total : null,
    interval: wilsonInterval(passed, total),
  };
}
