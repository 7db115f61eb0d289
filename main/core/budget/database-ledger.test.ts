import { copyFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import {
  onBothDatabases,
  sqliteFile,
  testClock,
  testDatabase,
  type NewLocation,
} from '../calls/__fixtures__/test-calls.ts';
import { usePostgres, withoutPostgres } from '../database/__fixtures__/postgres.ts';
import { locationOf, type DatabaseLocation } from '../database/database-location.ts';
import { silentLog } from '../lib/log/log.ts';
import { Redactor } from '../lib/redact.ts';
import { DatabaseLedger } from './database-ledger.ts';
import { failedCall, storedDetail } from './unknown-reason.ts';
import { staleMs } from './ledger-queries.ts';
import { LedgerUnavailable, nanoUsd, type Ledger } from './ledger.ts';

const day = '2026-11-22';
const cent = 10_000_000;
const rest = 5001;
const subject = { provider: 'openai_public', model: 'gpt-4.1', module: 'translate', requestId: 'request-1' };

function ledgerAt(location: DatabaseLocation, clock = testClock(), more: { pragmas?: string[] } = {}) {
  const ledger: DatabaseLedger = new DatabaseLedger(
    testDatabase(location, clock, { ...more, onReplaced: () => ledger.startAgain(day, 1) }),
    clock.now,
    silentLog,
    (text) => text.replaceAll('planted-key', '***'),
  );
  return ledger;
}

const reserve = (ledger: Ledger | undefined, amount: number, limit: number, on = day) =>
  ledger?.reserve(on, amount, limit, subject) ?? Promise.reject(new Error('no ledger'));

test('amounts are rounded up to whole nano-USD, without floating-point noise', () => {
  expect(nanoUsd(0.08) * 25).toBe(nanoUsd(2));
  expect([0.07, 0.1 + 0.2, 1e-9, 0].map(nanoUsd)).toEqual([70_000_000, 300_000_000, 1, 0]);
  expect(nanoUsd(Infinity)).toBe(Number.MAX_SAFE_INTEGER);
});

onBothDatabases('the ledger', (newLocation: NewLocation) => {
  test('machines that reserve at the same time never exceed the limit together', async () => {
    const location = await newLocation();
    const machines = [ledgerAt(location), ledgerAt(location)];
    const asked = Array.from({ length: 50 }, (_, i) => reserve(machines[i % 2], 8 * cent, 200 * cent));
    const granted = (await Promise.all(asked)).filter((answer) => answer.id);
    expect(granted).toHaveLength(25);
    expect(await machines[0]?.today(day)).toEqual({ spent: 0, unknown: 0, reserved: 200 * cent });
  });

  test('a call settled twice counts once, and the next reservation sees it', async () => {
    const location = await newLocation();
    const [one, other] = [ledgerAt(location), ledgerAt(location)];
    const { id } = await reserve(one, 100 * cent, 100 * cent);
    expect((await reserve(other, 1, 100 * cent)).id).toBeNull();
    one.settle(id ?? '', 30 * cent);
    one.settle(id ?? '', 30 * cent);
    expect(await reserve(one, 70 * cent, 100 * cent)).toMatchObject({
      spent: 30 * cent,
      id: expect.any(String),
    });
    expect(await other.today(day)).toEqual({ spent: 30 * cent, unknown: 0, reserved: 70 * cent });
  });

  test('a released call costs nothing', async () => {
    const ledger = ledgerAt(await newLocation());
    const { id } = await reserve(ledger, 100 * cent, 100 * cent);
    ledger.settle(id ?? '', 0);
    expect(await ledger.today(day)).toEqual({ spent: 0, unknown: 0, reserved: 0 });
  });

  test('a call of unknown cost counts at its bound after a restart, until it is settled by hand', async () => {
    const location = await newLocation();
    const first = ledgerAt(location);
    const { id } = await reserve(first, 60 * cent, 100 * cent);
    first.markUnknown(id ?? '', failedCall({ code: 'cancelled', message: 'the caller left' }), 'gen-1');
    await first.close();
    const second = ledgerAt(location);
    expect((await reserve(second, 41 * cent, 100 * cent)).id).toBeNull();
    expect(await second.unknown(10)).toEqual([
      {
        id,
        day,
        bound: 60 * cent,
        reservedAt: expect.any(Number),
        provider: 'openai_public',
        model: 'gpt-4.1',
        module: 'translate',
        requestId: 'request-1',
        reason: 'the caller left',
        reasonDetail: { code: 'error', values: { error: 'cancelled', message: 'the caller left' } },
        providerRef: 'gen-1',
      },
    ]);
    expect(await second.settleUnknown(id ?? '', 61 * cent)).toBe(false);
    expect(await second.settleUnknown(id ?? '', 20 * cent)).toBe(true);
    expect(await second.settleUnknown(id ?? '', 20 * cent)).toBe(false);
    expect(await second.today(day)).toEqual({ spent: 20 * cent, unknown: 0, reserved: 0 });
    expect(await second.unknown(10)).toEqual([]);
  });

  test('a reservation of a process that died never expires as unspent', async () => {
    const location = await newLocation();
    const clock = testClock();
    const dead = ledgerAt(location, clock);
    const { id } = await reserve(dead, 100 * cent, 100 * cent);
    const living = ledgerAt(location, clock);
    clock.advance(staleMs - 1);
    expect(await living.today(day)).toEqual({ spent: 0, unknown: 0, reserved: 100 * cent });
    clock.advance(30 * 24 * 3600_000);
    expect((await reserve(living, cent, 100 * cent)).id).toBeNull();
    expect(await living.today(day)).toEqual({ spent: 0, unknown: 100 * cent, reserved: 0 });
    expect(await living.unknown(10)).toMatchObject([
      {
        id,
        reason: expect.stringContaining('ended before'),
        reasonDetail: { code: 'process_ended', values: {} },
      },
    ]);
    // The process was alive after all, so the call's real cost counts.
    dead.settle(id ?? '', 40 * cent);
    expect((await dead.today(day)).spent).toBe(40 * cent);
  });

  test('any text from a provider can be stored with a settlement, and a key in it is redacted', async () => {
    const ledger = ledgerAt(await newLocation());
    const one = await reserve(ledger, 10 * cent, 100 * cent);
    const strange = `page\0 of \uD800 a gateway with planted-key ${'x'.repeat(5000)}`;
    ledger.markUnknown(one.id ?? '', failedCall({ code: 'provider_error', message: strange }), 'gen\0');
    const other = await ledger.reserve(day, 20 * cent, 100 * cent, { ...subject, model: 'm\0' });
    ledger.settle(other.id ?? '', 5 * cent);
    expect(await ledger.today(day)).toEqual({ spent: 5 * cent, unknown: 10 * cent, reserved: 0 });
    const [entry] = await ledger.unknown(1);
    expect(entry?.reason).toMatch(/^page\uFFFD of \uFFFD a gateway with \*\*\* x+$/);
    expect(entry?.reason.length).toBeLessThanOrEqual(500);
    expect(entry?.reasonDetail?.values).toEqual({ error: 'provider_error', message: entry?.reason });
  });

  test('a call that ends after midnight counts for the day it was reserved on', async () => {
    const ledger = ledgerAt(await newLocation());
    const late = await reserve(ledger, 100 * cent, 100 * cent);
    expect((await reserve(ledger, 100 * cent, 100 * cent, '2026-11-23')).id).not.toBeNull();
    ledger.settle(late.id ?? '', 90 * cent);
    expect(await ledger.today('2026-11-23')).toMatchObject({ spent: 0, reserved: 100 * cent });
    expect(await ledger.today(day)).toMatchObject({ spent: 90 * cent, reserved: 0 });
  });

  test('hundreds of concurrent calls are reserved and settled in few transactions, and none is lost', async () => {
    const ledger = ledgerAt(await newLocation());
    const all = await Promise.all(Array.from({ length: 1200 }, () => reserve(ledger, 2, 10_000)));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1200);
    for (const [n, { id }] of all.entries())
      if (n % 3) ledger.settle(id ?? '', 1);
      else ledger.markUnknown(id ?? '', failedCall({ code: 'provider_interrupted', message: 'lost' }), null);
    expect(await ledger.today(day)).toEqual({ spent: 800, unknown: 800, reserved: 0 });
  });
});

test('a call that runs for an hour in a living process stays reserved', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const location = sqliteFile();
  const clock = testClock();
  const ledger = ledgerAt(location, clock);
  await reserve(ledger, 100 * cent, 100 * cent);
  for (let seconds = 0; seconds < 3600; seconds += 30) {
    clock.advance(30_000);
    vi.advanceTimersByTime(30_000);
    if (seconds % 600 === 0) expect(await ledger.today(day)).toMatchObject({ reserved: 100 * cent });
  }
});

test('nothing is reserved while the database is not writable', async () => {
  const ledger = ledgerAt(sqliteFile(), testClock(), { pragmas: ['query_only = 1'] });
  await expect(reserve(ledger, cent, 100 * cent)).rejects.toThrow(LedgerUnavailable);
});

const damage = Buffer.alloc(50_000, 0xff);

describe('after a damaged file is replaced, the whole limit of its day counts as unknown', () => {
  const isUnknown = async (ledger: DatabaseLedger) => {
    await vi.waitFor(async () =>
      expect(await ledger.today(day)).toEqual({ spent: 0, unknown: 100 * cent, reserved: 0 }),
    );
    expect(await ledger.unknown(1)).toMatchObject([
      {
        reason: expect.stringContaining('damaged'),
        reasonDetail: { code: 'ledger_restarted', values: {} },
        provider: null,
      },
    ]);
  };

  async function spend(ledger: DatabaseLedger) {
    const { id } = await reserve(ledger, 70 * cent, 100 * cent);
    ledger.settle(id ?? '', 70 * cent);
    await ledger.close();
  }

  test('if it was damaged before the server started', async () => {
    const location = sqliteFile();
    const clock = testClock();
    const database = testDatabase(location, clock);
    await spend(new DatabaseLedger(database, clock.now, silentLog, String));
    await database.close();
    writeFileSync(location.file, damage);
    const ledger = ledgerAt(location, clock);
    expect((await reserve(ledger, 31 * cent, 100 * cent)).id).toBeNull();
    await isUnknown(ledger);
  });

  // Windows protects the log's index, which the open database has mapped into memory.
  test.skipIf(process.platform === 'win32')('if it is damaged while it is in use', async () => {
    const location = sqliteFile();
    const clock = testClock();
    const ledger = ledgerAt(location, clock);
    await spend(ledger);
    for (const part of ['', '-wal', '-shm']) writeFileSync(location.file + part, damage);
    const answers = [];
    for (let i = 0; i < 4; i++) {
      answers.push(
        await reserve(ledger, 31 * cent, 100 * cent).then(
          (answer) => answer.id,
          (error: Error) => error.name,
        ),
      );
      clock.advance(rest);
    }
    expect(answers.every((answer) => answer === null || answer === 'LedgerUnavailable')).toBe(true);
    await isUnknown(ledger);
  });
});

test.skipIf(process.platform === 'win32').each([
  ['removing the file', (file: string) => rmSync(file)],
  ['removing the folder', (file: string) => rmSync(dirname(file), { recursive: true })],
  ['removing the write-ahead log', (file: string) => rmSync(`${file}-wal`)],
  [
    'replacing the file with a copy',
    (file: string) => {
      copyFileSync(file, `${file}.copy`);
      renameSync(`${file}.copy`, file);
    },
  ],
])('%s while in use makes the whole limit of the day count as unknown', async (_, remove) => {
  const location = sqliteFile();
  const clock = testClock();
  const ledger = ledgerAt(location, clock);
  const first = await reserve(ledger, 60 * cent, 100 * cent);
  ledger.settle(first.id ?? '', 60 * cent);
  const underWay = await reserve(ledger, 10 * cent, 100 * cent);
  remove(location.file);
  expect((await reserve(ledger, cent, 100 * cent)).id).toBeNull();
  ledger.settle(underWay.id ?? '', 10 * cent);
  expect((await ledger.today(day)).unknown).toBeGreaterThanOrEqual(100 * cent);
  await ledger.close();
  // Entries written since then are found again.
  const next = ledgerAt(location, clock);
  expect((await next.today(day)).unknown).toBeGreaterThanOrEqual(100 * cent);
  expect((await reserve(next, cent, 100 * cent)).id).toBeNull();
});

test.skipIf(withoutPostgres)(
  'while PostgreSQL is unreachable nothing is reserved, and calls that end meanwhile are written once it is back',
  async () => {
    const address = await server().newDatabase();
    const location = locationOf({ COMFYVN_LLM_DATABASE_URL: address }, '', new Redactor());
    const clock = testClock();
    const ledger = ledgerAt(location, clock);
    const first = await reserve(ledger, 10 * cent, 100 * cent);
    ledger.settle(first.id ?? '', 10 * cent);
    const underWay = await reserve(ledger, 20 * cent, 100 * cent);
    await server().halt();
    ledger.settle(underWay.id ?? '', 15 * cent);
    await expect(reserve(ledger, cent, 100 * cent)).rejects.toThrow(LedgerUnavailable);
    await server().resume();
    clock.advance(rest);
    await vi.waitFor(
      async () => expect(await ledger.today(day)).toEqual({ spent: 25 * cent, unknown: 0, reserved: 0 }),
      15_000,
    );
    expect(await ledgerAt(location, clock).today(day)).toEqual({ spent: 25 * cent, unknown: 0, reserved: 0 });
  },
);

const server = usePostgres();

test('a reason of an earlier version has no detail, and one of a newer version is shown in English', () => {
  expect(storedDetail(null)).toBeUndefined();
  expect(storedDetail('{"text":"another form"}')).toBeUndefined();
});
