import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import {
  onBothDatabases,
  sqliteFile,
  testClock,
  testDatabase,
  type NewPlace,
} from '../calls/__fixtures__/test-calls.ts';
import { usePostgres, withoutPostgres } from '../database/__fixtures__/postgres.ts';
import { placeOf, type Place } from '../database/place.ts';
import { silentLog } from '../lib/log.ts';
import { Redactor } from '../lib/redact.ts';
import { nanoUsd } from './ledger.ts';
import { SharedLedger } from './shared-ledger.ts';

const day = '2026-11-22';
const cent = 10_000_000;
const rest = 5001;

function ledgerAt(place: Place, clock = testClock(), more: { pragmas?: string[] } = {}) {
  const ledger: SharedLedger = new SharedLedger(
    testDatabase(place, clock, { ...more, onReplaced: () => ledger.startAgain() }),
    clock.now,
    silentLog,
  );
  return ledger;
}

test('fractions that add up to more than their sum: 25 times 0.08 is 2', () => {
  expect(nanoUsd(0.08) * 25).toBe(nanoUsd(2));
  expect([0.07, 0.1 + 0.2, 1e-9, 0].map(nanoUsd)).toEqual([70_000_000, 300_000_000, 1, 0]);
  expect(nanoUsd(Infinity)).toBe(Number.MAX_SAFE_INTEGER);
});

onBothDatabases('the ledger', (newPlace: NewPlace) => {
  test('two machines that ask at once set more aside together than the limit', async () => {
    const place = await newPlace();
    const machines = [ledgerAt(place), ledgerAt(place)];
    const asked = Array.from({ length: 50 }, (_, i) => machines[i % 2]?.reserve(day, 8 * cent, 200 * cent));
    const granted = (await Promise.all(asked)).filter((answer) => answer?.id);
    expect(granted).toHaveLength(25);
    expect(await machines[0]?.today(day)).toEqual({ spent: 0, reserved: 200 * cent, shared: true });
  });

  test('a settlement that counts what was set aside, counts twice, or is not seen by what is asked next', async () => {
    const place = await newPlace();
    const [one, other] = [ledgerAt(place), ledgerAt(place)];
    const { id } = await one.reserve(day, 100 * cent, 100 * cent);
    expect((await other.reserve(day, 1, 100 * cent)).id).toBeNull();
    one.settle(id ?? '', 30 * cent);
    one.settle(id ?? '', 30 * cent);
    expect(await one.reserve(day, 70 * cent, 100 * cent)).toMatchObject({
      spent: 30 * cent,
      shared: true,
      id: expect.any(String),
    });
    expect(await other.today(day)).toEqual({ spent: 30 * cent, reserved: 70 * cent, shared: true });
  });

  test('what a server that died had set aside is held for ever, or a long call of a living one is not', async () => {
    const place = await newPlace();
    const clock = testClock();
    const dead = ledgerAt(place, clock);
    const { id } = await dead.reserve(day, 100 * cent, 100 * cent);
    const living = ledgerAt(place, clock);
    clock.advance(14 * 60_000);
    expect((await living.reserve(day, cent, 100 * cent)).id).toBeNull();
    clock.advance(61_000);
    expect((await living.reserve(day, cent, 100 * cent)).id).not.toBeNull();
    // It was not dead after all: what the call came to counts.
    dead.settle(id ?? '', 40 * cent);
    expect((await dead.today(day)).spent).toBe(40 * cent);
  });

  test("a day's limit goes on into the next day, or a call that ends after midnight takes from the new one", async () => {
    const ledger = ledgerAt(await newPlace());
    const late = await ledger.reserve(day, 100 * cent, 100 * cent);
    expect((await ledger.reserve('2026-11-23', 100 * cent, 100 * cent)).id).not.toBeNull();
    ledger.settle(late.id ?? '', 90 * cent);
    expect(await ledger.today('2026-11-23')).toMatchObject({ spent: 0, reserved: 100 * cent });
    expect(await ledger.today(day)).toMatchObject({ spent: 90 * cent, reserved: 0 });
  });

  test('what was spent is forgotten when the server starts again', async () => {
    const place = await newPlace();
    const first = ledgerAt(place);
    const { id } = await first.reserve(day, 100 * cent, 100 * cent);
    first.settle(id ?? '', 60 * cent);
    await first.close();
    expect((await ledgerAt(place).reserve(day, 50 * cent, 100 * cent)).id).toBeNull();
  });
});

test('a call that takes longer than a quarter of an hour loses what was set aside for it', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const place = sqliteFile();
  const clock = testClock();
  const ledger = ledgerAt(place, clock);
  await ledger.reserve(day, 100 * cent, 100 * cent);
  for (let minutes = 0; minutes < 60; minutes += 5) {
    clock.advance(5 * 60_000);
    vi.advanceTimersByTime(5 * 60_000);
    expect(await ledger.today(day)).toMatchObject({ reserved: 100 * cent, shared: true });
  }
});

test('a database that cannot be written takes the limit away, or fails the call', async () => {
  const place = sqliteFile();
  const before = ledgerAt(place);
  const { id } = await before.reserve(day, 60 * cent, 100 * cent);
  before.settle(id ?? '', 60 * cent);
  await before.close();
  const ledger = ledgerAt(place, testClock(), { pragmas: ['query_only = 1'] });
  expect(await ledger.reserve(day, 50 * cent, 100 * cent)).toMatchObject({ id: null, shared: false });
  const small = await ledger.reserve(day, 40 * cent, 100 * cent);
  expect(small).toMatchObject({ id: expect.any(String), shared: false });
  ledger.settle(small.id ?? '', 40 * cent);
  expect((await ledger.reserve(day, cent, 100 * cent)).id).toBeNull();
});

test("a damaged file that is begun anew lets the day's money be spent a second time", async () => {
  const place = sqliteFile();
  const clock = testClock();
  const ledger = ledgerAt(place, clock);
  const { id } = await ledger.reserve(day, 100 * cent, 100 * cent);
  ledger.settle(id ?? '', 70 * cent);
  const underWay = await ledger.reserve(day, 20 * cent, 100 * cent);
  await ledger.close();
  mkdirSync(dirname(place.file), { recursive: true });
  for (const part of ['', '-wal', '-shm']) writeFileSync(place.file + part, Buffer.alloc(50_000, 0xff));
  const answers = [];
  for (let i = 0; i < 4; i++) answers.push((await ledger.reserve(day, 31 * cent, 100 * cent)).id);
  expect(answers).toEqual([null, null, null, null]);
  ledger.settle(underWay.id ?? '', 20 * cent);
  expect(await ledger.today(day)).toEqual({ spent: 90 * cent, reserved: 0, shared: true });
});

test.skipIf(withoutPostgres)(
  'money spent while a PostgreSQL was away is never paid in, or paid in twice',
  async () => {
    const address = await server().newDatabase();
    const place = placeOf({ COMFYVN_LLM_DATABASE_URL: address }, '', new Redactor());
    const clock = testClock();
    const ledger = ledgerAt(place, clock);
    const first = await ledger.reserve(day, 10 * cent, 100 * cent);
    ledger.settle(first.id ?? '', 10 * cent);
    const shared = await ledger.reserve(day, 20 * cent, 100 * cent);
    await server().halt();
    ledger.settle(shared.id ?? '', 15 * cent);
    const alone = await ledger.reserve(day, 70 * cent, 100 * cent);
    expect(alone).toMatchObject({ shared: false, spent: 25 * cent });
    ledger.settle(alone.id ?? '', 50 * cent);
    expect(await ledger.reserve(day, 30 * cent, 100 * cent)).toMatchObject({ id: null, spent: 75 * cent });
    await server().resume();
    clock.advance(rest);
    expect(await ledger.today(day)).toEqual({ spent: 75 * cent, reserved: 0, shared: true });
    expect(await ledgerAt(place, clock).today(day)).toEqual({ spent: 75 * cent, reserved: 0, shared: true });
  },
);

const server = usePostgres();
