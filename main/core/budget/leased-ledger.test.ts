import { describe, expect, test } from 'vitest';
import { onBothDatabases, testClock, testDatabase, type NewPlace } from '../calls/__fixtures__/test-calls.ts';
import type { Place } from '../database/place.ts';
import { silentLog } from '../lib/log.ts';
import type { Ledger } from './ledger.ts';
import { LeasedLedger } from './leased-ledger.ts';
import { SharedLedger } from './shared-ledger.ts';

const day = '2026-11-22';
const limit = 10_000;

/** A leased ledger of one machine, and how often it asked the one below. */
function machineAt(place: Place) {
  const clock = testClock();
  const shared: Ledger = new SharedLedger(testDatabase(place, clock), clock.now, silentLog);
  const asked: number[] = [];
  const below: Ledger = {
    reserve: (...wish) => (asked.push(wish[1]), shared.reserve(...wish)),
    settle: (id, actual) => shared.settle(id, actual),
    today: (of) => shared.today(of),
    close: () => shared.close(),
  };
  return { ledger: new LeasedLedger(below), shared, asked };
}

onBothDatabases('money set aside for many calls at once', (newPlace: NewPlace) => {
  test('a cheap call waits for the database, or what it came to is not counted', async () => {
    const { ledger, shared, asked } = machineAt(await newPlace());
    const first = await ledger.reserve(day, 10, limit);
    const next = await Promise.all(Array.from({ length: 16 }, () => ledger.reserve(day, 10, limit)));
    expect(asked).toEqual([10, 160]);
    expect(await ledger.today(day)).toEqual({ spent: 0, reserved: 170, shared: true });
    for (const { id } of [first, ...next]) ledger.settle(id ?? '', 4);
    expect(await ledger.today(day)).toEqual({ spent: 68, reserved: 0, shared: true });
    expect(await shared.today(day)).toEqual({ spent: 68, reserved: 0, shared: true });
  });

  test('a call that is settled twice counts twice', async () => {
    const { ledger } = machineAt(await newPlace());
    await ledger.reserve(day, 10, limit);
    const { id } = await ledger.reserve(day, 10, limit);
    ledger.settle(id ?? '', 4);
    ledger.settle(id ?? '', 4);
    expect((await ledger.today(day)).spent).toBe(4);
  });

  test('two machines with leases spend more together than the limit, or are refused with money left', async () => {
    const place = await newPlace();
    const machines = [machineAt(place), machineAt(place)];
    let granted = 0;
    const call = async (ledger: Ledger) => {
      const { id } = await ledger.reserve(day, 10, limit);
      if (id === null) return false;
      granted += 10;
      ledger.settle(id, 10);
      return true;
    };
    const runs = machines.map(async ({ ledger }) => {
      while ((await Promise.all(Array.from({ length: 20 }, () => call(ledger)))).some(Boolean));
    });
    await Promise.all(runs);
    // What one had on lease when the other stopped is there for whoever asks after it.
    await Promise.all(machines.map(({ ledger }) => ledger.today(day)));
    while (await call(machines[0]!.ledger));
    expect(granted).toBe(limit);
    expect(await machines[1]!.ledger.today(day)).toEqual({ spent: limit, reserved: 0, shared: true });
  });

  test('a lease outlives its second, its day, or a change of the limit', async () => {
    const { ledger, shared, asked } = machineAt(await newPlace());
    await ledger.reserve(day, 10, limit);
    expect((await ledger.reserve(day, 10, 20)).id).not.toBeNull();
    expect((await ledger.reserve(day, 10, 20)).id).toBeNull();
    await ledger.reserve('2026-11-23', 10, limit);
    expect(asked.slice(-2)).toEqual([10, 160]);
    await expect.poll(async () => (await shared.today('2026-11-23')).reserved, { timeout: 10_000 }).toBe(10);
  });

  test('what was spent on a lease is lost when the server stops amid a call', async () => {
    const { ledger, shared } = machineAt(await newPlace());
    await ledger.reserve(day, 10, limit);
    const [done] = await Promise.all([ledger.reserve(day, 10, limit), ledger.reserve(day, 10, limit)]);
    ledger.settle(done?.id ?? '', 7);
    await ledger.close();
    expect((await shared.today(day)).spent).toBe(7);
  });
});

describe('near the limit', () => {
  test('money is held for calls that nobody makes', async () => {
    const asked: number[] = [];
    const below: Ledger = {
      reserve: async (_day, amount) => (
        asked.push(amount),
        { id: 'a', spent: 0, reserved: amount, shared: true }
      ),
      settle: () => {},
      today: async () => ({ spent: 0, reserved: 0, shared: true }),
      close: async () => {},
    };
    const ledger = new LeasedLedger(below);
    await ledger.reserve(day, 100, limit);
    await ledger.reserve(day, 100, limit);
    expect(asked).toEqual([100, 100]);
  });
});
