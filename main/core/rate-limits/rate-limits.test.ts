import { describe, expect, onTestFinished, test } from 'vitest';
import type { ProviderLimits } from '../../../contract/settings.ts';
import {
  onBothDatabases,
  sqliteFile,
  testClock,
  testDatabase,
  type TestClock,
} from '../calls/__fixtures__/test-calls.ts';
import type { Database } from '../database/database.ts';
import { silentLog } from '../lib/log/log.ts';
import { DatabaseBuckets } from './bucket-store.ts';
import type { LimitedCall } from './limited-call.ts';
import { RateLimits } from './rate-limits.ts';
import type { WaitOptions } from './turn.ts';

const call: LimitedCall = {
  provider: 'vendor',
  model: 'large',
  key: 'sk-vendor-0123456789',
  asker: 'bulk',
  promptTokens: 100,
  maxOutput: 100,
};
const person: LimitedCall = { ...call, asker: 'person' };
const headers = (remaining = 60) => ({
  'x-ratelimit-limit-requests': '60',
  'x-ratelimit-remaining-requests': String(remaining),
});
const patient = (overrides: Partial<WaitOptions> = {}): WaitOptions => ({
  maxMs: 600_000,
  signals: [],
  ...overrides,
});

/** One process: its waits advance the shared clock. */
function processOn(database: Database, clock: TestClock, configured: Record<string, ProviderLimits> = {}) {
  const waits: number[] = [];
  const refusals: unknown[] = [];
  // Checks that the database refused nothing, because a process would silently continue without it.
  onTestFinished(() => expect(refusals).toEqual([]));
  const limits = new RateLimits({
    buckets: new DatabaseBuckets(database),
    configured: (provider) => configured[provider],
    now: clock.now,
    log: { ...silentLog, error: (...refusal: unknown[]) => void refusals.push(refusal) },
    pause: async (ms, signals) => {
      for (const signal of signals) signal.throwIfAborted();
      waits.push(ms);
      clock.advance(ms);
    },
  });
  return { limits, waits };
}

const total = (waits: readonly number[]) => waits.reduce((sum, ms) => sum + ms, 0);

onBothDatabases('limits', (newLocation) => {
  test('learned by one process hold for all of them, together', async () => {
    const [location, clock] = [await newLocation(), testClock()];
    const first = processOn(testDatabase(location, clock), clock);
    first.limits.reported(call, headers());
    for (let n = 0; n < 3; n++) await first.limits.turn(call, patient());
    await first.limits.close();
    const second = processOn(testDatabase(location, clock), clock);
    expect(second.limits.applyTo(call)).toBe(false);
    await second.limits.ready();
    expect(second.limits.applyTo(call)).toBe(true);
    expect(await second.limits.learned()).toEqual([
      { provider: 'vendor', model: 'large', limits: { requests: 60 } },
    ]);
    second.waits.length = 0;
    for (let n = 0; n < 10; n++) await (n % 2 ? first : second).limits.turn(call, patient());
    // 58.2 requests a minute in total, whichever process sends them.
    expect(total(first.waits) + total(second.waits)).toBeGreaterThan(9000);
    expect(total(second.waits)).toBeLessThan(7000);
  });

  test('of another key and another model are others', async () => {
    const [location, clock] = [await newLocation(), testClock()];
    const { limits } = processOn(testDatabase(location, clock), clock);
    limits.reported(call, headers());
    expect(limits.applyTo({ ...call, model: 'small' })).toBe(false);
    expect(limits.applyTo({ ...call, key: 'sk-vendor-another-one' })).toBe(false);
    expect(limits.applyTo({ ...call, provider: 'other' })).toBe(false);
    await limits.close();
  });

  test('let a person pass a queue of bulk calls', async () => {
    const [location, clock] = [await newLocation(), testClock()];
    const { limits, waits } = processOn(testDatabase(location, clock), clock, {
      vendor: { requests_per_minute: 60, tokens_per_minute: 6000 },
    });
    for (let n = 0; n < 20; n++) await limits.turn(call, patient());
    waits.length = 0;
    for (let n = 0; n < 5; n++) await limits.turn(person, patient());
    expect(waits).toEqual([]);
    await limits.turn(call, patient());
    expect(total(waits)).toBeGreaterThan(5000);
  });

  test('after a 429 allow no call before its time, and then no burst', async () => {
    const [location, clock] = [await newLocation(), testClock()];
    const { limits, waits } = processOn(testDatabase(location, clock), clock);
    limits.reported(call, headers());
    limits.refused(call, 30_000);
    await limits.turn(call, patient());
    expect(total(waits)).toBeGreaterThanOrEqual(31_000);
    waits.length = 0;
    await limits.turn(call, patient());
    expect(total(waits)).toBeGreaterThanOrEqual(1000);
  });

  test('are given back what a call did not use', async () => {
    const [location, clock] = [await newLocation(), testClock()];
    const tokens = { vendor: { tokens_per_minute: 6000 } };
    const { limits, waits } = processOn(testDatabase(location, clock), clock, tokens);
    const turn = await limits.turn(call, patient());
    turn.settle({ prompt: 10, completion: 0, cached: 0 });
    turn.release();
    // There are 420 at first, of which 84 are reserved for users.
    await limits.turn({ ...call, promptTokens: 300 }, patient());
    expect(waits).toEqual([]);
    await limits.turn(call, patient());
    expect(total(waits)).toBeGreaterThan(0);
  });
});

describe('a wait for a limit', () => {
  const setUp = (configured: ProviderLimits = { requests_per_minute: 60 }) => {
    const clock = testClock();
    return processOn(testDatabase(sqliteFile(), clock), clock, { vendor: configured });
  };

  test('is reported with the limit and its length', async () => {
    const { limits } = setUp();
    const reported: unknown[] = [];
    for (let n = 0; n < 3; n++) await limits.turn(call, patient());
    await limits.turn(call, patient({ onWait: (wait) => void reported.push(wait) }));
    expect(reported).toEqual([{ ms: expect.any(Number), provider: 'vendor', limit: '60 requests a minute' }]);
  });

  test('that is longer than the call may take is an error that says so, and takes nothing', async () => {
    const { limits, waits } = setUp({ requests_per_minute: 1 });
    await limits.turn(call, patient());
    await expect(limits.turn(call, patient({ maxMs: 20_000 }))).rejects.toMatchObject({
      code: 'provider_rate_limited',
      retryable: false,
      upstreamCode: 'limit_wait',
      message: expect.stringContaining('the limit of 1 requests a minute is used up'),
    });
    expect(waits).toEqual([]);
    await limits.turn(call, patient());
    expect(total(waits)).toBeLessThan(63_000);
  });

  test('ends when the caller leaves, and takes nothing', async () => {
    const { limits, waits } = setUp();
    await limits.turn(call, patient());
    const leaving = new AbortController();
    leaving.abort();
    const left = limits.turn(call, patient({ signals: [leaving.signal] }));
    await expect(left).rejects.toMatchObject({ code: 'cancelled' });
    await limits.turn(call, patient());
    expect(total(waits)).toBeLessThan(1100);
  });

  test('can be skipped by a person', async () => {
    const { limits, waits } = setUp({ requests_per_minute: 1 });
    await limits.turn(person, patient());
    await limits.turn(person, patient({ skip: AbortSignal.abort() }));
    expect(waits).toEqual([]);
  });

  test('for a configured limit of one model is for that model', async () => {
    const { limits } = setUp({ models: { large: { requests_per_minute: 5 } } });
    expect(limits.applyTo(call)).toBe(true);
    expect(limits.applyTo({ ...call, model: 'small' })).toBe(false);
  });
});

describe('without a database', () => {
  test('a provider of which no limit is known has none looked up', async () => {
    const clock = testClock();
    const database = testDatabase(
      { kind: 'sqlite', file: '/nowhere/llm.db', shown: '/nowhere/llm.db' },
      clock,
    );
    const { limits } = processOn(database, clock);
    expect(limits.applyTo(call)).toBe(false);
    limits.reported(call, { 'content-type': 'application/json' });
    await limits.close();
    expect(database.warnings).toEqual([]);
  });

  test('a process paces what it sends itself', async () => {
    const clock = testClock();
    const database = testDatabase({ kind: 'sqlite', file: '/dev/null/llm.db', shown: 'x' }, clock);
    const { limits, waits } = processOn(database, clock, { vendor: { requests_per_minute: 60 } });
    for (let n = 0; n < 8; n++) await limits.turn(call, patient());
    expect(database.warnings).toHaveLength(1);
    expect(total(waits)).toBeGreaterThan(4000);
  });
});
