import { expect, test } from 'vitest';
import { callQuery } from '../../../contract/call-log.ts';
import { call, onBothDatabases, testCallLog, testClock, testDatabase } from './__fixtures__/test-calls.ts';
import { prune, retention, retentionFor } from './prune.ts';

const dayMs = 86_400_000;
const said = { id: '', messages: '[]', reply: 'r', cut: 0 as const, request: null };

onBothDatabases('what the call log lets go', (newPlace) => {
  async function filled(batches: number[]) {
    const clock = testClock();
    const database = testDatabase(await newPlace(), clock);
    const log = testCallLog(database, clock);
    for (const days of batches) {
      clock.advance(days * dayMs);
      for (let i = 0; i < 3; i++) log.add(call(clock, {}, said));
    }
    await log.flush();
    const count = (table: 'calls' | 'call_bodies' | 'call_days') =>
      database
        .use('read', ({ db }) =>
          db
            .selectFrom(table)
            .select(({ fn }) => fn.countAll().as('n'))
            .executeTakeFirst(),
        )
        .then((row) => Number(row?.n));
    return { clock, database, log, count };
  }

  test("calls older than 90 days stay, younger ones go, or the days' sums go with them", async () => {
    const { clock, database, log, count } = await filled([0, 2]);
    clock.advance(89 * dayMs);
    expect(await prune(database, clock.now())).toBe(3);
    expect([await count('calls'), await count('call_bodies'), await count('call_days')]).toEqual([3, 3, 2]);
    expect((await log.spend(100)).total_usd).toBeCloseTo(0.006, 9);
    clock.advance(400 * dayMs);
    await prune(database, clock.now());
    expect([await count('calls'), await count('call_bodies'), await count('call_days')]).toEqual([0, 0, 0]);
  });

  test('the user’s choice of days passed over for the 90 of the start', async () => {
    const { clock, database, log, count } = await filled([0, 2]);
    clock.advance(9 * dayMs);
    expect(await prune(database, clock.now(), retentionFor(30))).toBe(0);
    expect(await prune(database, clock.now(), retentionFor(10))).toBe(3);
    expect([await count('calls'), await count('call_days')]).toEqual([3, 2]);
    expect((await log.spend(30)).total_usd).toBeCloseTo(0.006, 9);
    expect(retentionFor(3650).sumDays).toBe(3650);
  });

  test('a log that grows without end, or loses its newest calls first', async () => {
    const { clock, database, log, count } = await filled([0, 1, 1]);
    expect(await prune(database, clock.now(), { ...retention, calls: 4, bodies: 2 })).toBe(5);
    expect([await count('calls'), await count('call_bodies')]).toEqual([4, 2]);
    const { calls } = await log.list(callQuery.parse({}));
    expect(calls.map((c) => c.at.slice(0, 10))).toEqual([
      '2026-11-24',
      '2026-11-24',
      '2026-11-24',
      '2026-11-23',
    ]);
    expect(await log.get(calls[1]?.id ?? '')).toMatchObject({ bodies: { reply: 'r' } });
    expect(await log.get(calls[3]?.id ?? '')).toMatchObject({ bodies: null });
  });
});
