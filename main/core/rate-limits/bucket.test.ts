import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  emptied,
  emptyBucket,
  noted,
  refilled,
  taken,
  waitOf,
  withLimits,
  type Asker,
  type Bucket,
} from './bucket.ts';
import type { Amounts } from './meters.ts';

const minuteMs = 60_000;
const start = Date.parse('2026-11-22T10:00:00Z');
const full = (limits: Amounts, now = start) => withLimits(emptyBucket(now), limits);

/** Takes as soon as possible; returns the time and the bucket afterwards. */
function next(bucket: Bucket, now: number, limits: Amounts, amounts: Amounts, asker: Asker) {
  const at = now + (waitOf(refilled(bucket, now), now, limits, amounts, asker)?.ms ?? 0);
  const later = refilled(bucket, at);
  expect(waitOf(later, at, limits, amounts, asker)).toBeNull();
  return { at, bucket: taken(later, amounts, asker) };
}

describe('a bucket', () => {
  test('lets bulk calls take 95 % of a limit, and in no minute more than there is where the provider says what is left', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.boolean(), (limit, says) => {
        const limits = { requests: limit };
        let [bucket, now] = [full(limits), start];
        const times: number[] = [];
        let maxUsed = 0;
        for (let from = 0; now < start + 3 * minuteMs;) {
          const wait = waitOf(refilled(bucket, now), now, limits, { requests: 1 }, 'bulk');
          now += wait?.ms ?? 0;
          bucket = taken(refilled(bucket, now), { requests: 1 }, 'bulk');
          times.push(now);
          while ((times[from] ?? now) <= now - minuteMs) from++;
          const used = times.length - from;
          maxUsed = Math.max(maxUsed, used);
          if (says) bucket = noted(bucket, { requests: limit - used });
        }
        expect(maxUsed).toBeLessThanOrEqual(says ? limit : Math.ceil(limit * 1.03));
        expect(times.length).toBeGreaterThanOrEqual(Math.floor(3 * 0.95 * limit));
      }),
      { numRuns: 30 },
    );
  });

  test('leaves a reserve that bulk calls do not take, and people do', () => {
    const limits = { requests: 500, tokens: 200_000 };
    const amounts = { requests: 1, tokens: 400 };
    let bucket = full(limits);
    for (let calls = 0; waitOf(bucket, start, limits, amounts, 'bulk') === null; calls++) {
      expect(calls).toBeLessThan(30);
      bucket = taken(bucket, amounts, 'bulk');
    }
    expect(waitOf(bucket, start, limits, amounts, 'person')).toBeNull();
  });

  test('never delays a person because of bulk calls', () => {
    const limits = { requests: 60, tokens: 10_000 };
    const bucket = taken(full(limits), { requests: 50, tokens: 9000 }, 'bulk');
    expect(waitOf(bucket, start, limits, { requests: 1, tokens: 900 }, 'person')).toBeNull();
    expect(waitOf(bucket, start, limits, { requests: 1, tokens: 900 }, 'bulk')?.ms).toBeGreaterThan(40_000);
  });

  test('is empty after a 429 and fills from nothing when the provider answers again', () => {
    const limits = { requests: 600 };
    const one = { requests: 1 };
    const bucket = emptied(full(limits), start + 20_000);
    expect(waitOf(bucket, start, limits, one, 'person')?.ms).toBeGreaterThanOrEqual(20_000);
    let [after, now] = [bucket, start];
    const times = Array.from({ length: 5 }, () => {
      ({ at: now, bucket: after } = next(after, now, limits, one, 'bulk'));
      return now;
    });
    expect(times[0]).toBeGreaterThan(start + 20_000);
    for (const [i, time] of times.entries())
      if (i > 0) expect(time - (times[i - 1] ?? 0)).toBeGreaterThanOrEqual(100);
  });

  test('goes by what the provider says is left where that is less', () => {
    const limits = { requests: 600 };
    const bucket = noted(full(limits), { requests: 0 });
    expect(waitOf(bucket, start, limits, { requests: 1 }, 'person')).not.toBeNull();
    expect(noted(bucket, { requests: 500 })).toEqual(bucket);
  });

  test('lets a call go that needs more than it ever has, and makes those after it wait for that', () => {
    const limits = { tokens: 10_000 };
    const large = { tokens: 5000 };
    const first = next(full(limits), start, limits, large, 'bulk');
    expect(first.at).toBe(start);
    const second = next(first.bucket, start, limits, large, 'bulk');
    expect(second.at - start).toBeGreaterThan(29_000);
    expect(second.at - start).toBeLessThan(35_000);
  });

  test('is not refilled twice by a clock that is behind, nor stopped by one that was far ahead', () => {
    const limits = { requests: 60 };
    const bucket = taken(full(limits, start + 5000), { requests: 20 }, 'bulk');
    expect(refilled(bucket, start).meters).toEqual(bucket.meters);
    const ahead = { ...bucket, at: start + 3600_000 };
    expect(refilled(ahead, start).at).toBe(start);
  });
});
