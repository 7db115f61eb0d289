import { expect, test } from 'vitest';
import { callQuery, type CallQuery } from '../../../contract/call-log.ts';
import { call, onBothDatabases, testCallLog, testClock, testDatabase } from './__fixtures__/test-calls.ts';

const query = (overrides: Partial<CallQuery> = {}) => callQuery.parse(overrides);

onBothDatabases('the call log’s batches', (newLocation) => {
  async function open() {
    const clock = testClock();
    const database = testDatabase(await newLocation(), clock);
    return { clock, database, log: testCallLog(database, clock) };
  }

  test('a call can be read before its batch is written', async () => {
    const { clock, log } = await open();
    const entry = call(clock);
    log.add(entry);
    expect((await log.list(query())).calls.map((c) => c.id)).toEqual([entry.row.id]);
    await expect(log.get('0'.repeat(18))).rejects.toMatchObject({ code: 'not_found' });
  });

  test('calls that arrive during a write are each stored once, with their own values', async () => {
    const { clock, log } = await open();
    const expected = new Map<string, number>();
    for (let burst = 0; burst < 5; burst++) {
      for (let i = 0; i < 730; i++) {
        const usd = (expected.size + 1) / 1e6;
        const entry = call(clock, {
          cost: { total: usd, currency: 'USD', source: 'price_table' },
          ...(i % 3 ? {} : { preset: 'night', message: 'ü'.repeat(i % 400) }),
        });
        expected.set(entry.row.id, usd);
        log.add(entry);
      }
      // Longer than handing a batch over takes, shorter than writing it.
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    const found = new Map<string, number>();
    for (let before: string | undefined; ;) {
      const page = await log.list(query({ limit: 200, ...(before ? { before } : {}) }));
      for (const one of page.calls) found.set(one.id, one.cost?.total ?? 0);
      if (!page.next) break;
      before = page.next;
    }
    expect(new Map([...found].reverse())).toEqual(expected);
    const { days } = await log.spend(1);
    expect(days.map((day) => day.calls)).toEqual([3650]);
  });

  test('stopping the server writes the calls that wait for their batch', async () => {
    const location = await newLocation();
    const clock = testClock();
    const first = testDatabase(location, clock);
    const log = testCallLog(first, clock);
    const entry = call(clock);
    log.add(entry);
    await log.close();
    await first.close();
    const later = testCallLog(testDatabase(location, clock), clock);
    expect((await later.list(query())).calls.map((c) => c.id)).toEqual([entry.row.id]);
  });

  test('text that a database cannot store is replaced or truncated: U+0000, a lone surrogate, a very long message', async () => {
    const { clock, log } = await open();
    log.add(
      call(clock, {
        code: 'provider_error',
        status: 502,
        message: `nul \0, half \ud83d, ${'long '.repeat(1000)}`,
        model: 'm\0',
      }),
    );
    log.add(call(clock));
    const { calls } = await log.list(query());
    expect(calls).toHaveLength(2);
    expect(calls[1]?.message).toMatch(/^nul \uFFFD, half \uFFFD, long/);
    expect(calls[1]?.message?.length).toBeLessThanOrEqual(500);
  });
});
