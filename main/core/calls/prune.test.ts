import { expect, test } from 'vitest';
import { callQuery } from '../../../contract/call-log.ts';
import { call, onBothDatabases, testCallLog, testClock, testDatabase } from './__fixtures__/test-calls.ts';
import { prune, retention, retentionFor } from './prune.ts';

const dayMs = 86_400_000;
const text = { id: '', messages: '[]', reply: 'r', cut: 0 as const, request: null };

onBothDatabases('what the call log lets go', (newLocation) => {
  async function filled(batches: number[]) {
    const clock = testClock();
    const database = testDatabase(await newLocation(), clock);
    const log = testCallLog(database, clock);
    for (const days of batches) {
      clock.advance(days * dayMs);
      for (let i = 0; i < 3; i++) log.add(call(clock, {}, text));
    }
    await log.flush();
    const add = () => {
      for (let i = 0; i < 3; i++) log.add(call(clock, {}, text));
    };
    const count = (table: 'calls' | 'call_bodies' | 'call_days') =>
      database
        .use('read', ({ db }) =>
          db
            .selectFrom(table)
            .select(({ fn }) => fn.countAll().as('n'))
            .executeTakeFirst(),
        )
        .then((row) => Number(row?.n));
    return { clock, database, log, count, add };
  }

  test('calls 90 days older than the newest are deleted, and daily totals after 400 days', async () => {
    const { clock, database, log, count, add } = await filled([0, 2]);
    clock.advance(89 * dayMs);
    add();
    await log.flush();
    clock.advance(dayMs + 1);
    expect(await prune(database, clock.now())).toBe(3);
    expect([await count('calls'), await count('call_bodies'), await count('call_days')]).toEqual([6, 6, 3]);
    expect((await log.spend(100)).total_usd).toBeCloseTo(0.009, 9);
    clock.advance(401 * dayMs);
    add();
    await log.flush();
    clock.advance(dayMs + 1);
    await prune(database, clock.now());
    expect([await count('calls'), await count('call_bodies'), await count('call_days')]).toEqual([3, 3, 1]);
  });

  test('the retention set by the user applies', async () => {
    const { clock, database, log, count, add } = await filled([0, 2]);
    clock.advance(9 * dayMs);
    add();
    await log.flush();
    clock.advance(dayMs + 1);
    expect(await prune(database, clock.now(), retentionFor(30))).toBe(0);
    expect(await prune(database, clock.now(), retentionFor(10))).toBe(3);
    expect([await count('calls'), await count('call_days')]).toEqual([6, 3]);
    expect((await log.spend(30)).total_usd).toBeCloseTo(0.009, 9);
    expect(retentionFor(3650).sumDays).toBe(3650);
  });

  test('a clock that is ten years ahead for one start deletes nothing, with or without calls in between', async () => {
    const { clock, database, log, count, add } = await filled([0, 80]);
    clock.advance(3650 * dayMs);
    expect(await prune(database, clock.now())).toBe(0);
    add();
    clock.advance(dayMs / 2);
    add();
    await log.flush();
    expect(await prune(database, clock.now())).toBe(0);
    clock.advance(-3650.5 * dayMs);
    add();
    await log.flush();
    expect(await prune(database, clock.now())).toBe(0);
    expect([await count('calls'), await count('call_days')]).toEqual([15, 3]);
  });

  test('a log over its maximum number of calls deletes the oldest first', async () => {
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
