import { mkdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  call,
  onBothDatabases,
  sqliteFile,
  testCallLog,
  testClock,
  testDatabase,
} from './__fixtures__/test-calls.ts';

const day = 86_400_000;

onBothDatabases('lists of calls', (newLocation) => {
  async function filled() {
    const clock = testClock('2026-11-20T10:00:00Z');
    const log = testCallLog(testDatabase(await newLocation(), clock), clock);
    const add = (overrides: Parameters<typeof call>[1], preview: string | null = null) => {
      const bodies = { id: '', messages: '[]', reply: '', cut: 0 as const, request: null, preview };
      const entry = call(clock, overrides, preview === null ? null : bodies);
      log.add(entry);
      return entry.row.id;
    };
    const usd = (total: number) => ({
      cost: { total, currency: 'USD' as const, source: 'provider' as const },
    });
    const cheap = add({ ...usd(0.001), module: 'vn_chat' }, 'It rains');
    clock.advance(day);
    const dear = add({ ...usd(0.5), totalMs: 900 });
    const unpriced = add({ cost: null, totalMs: 300 });
    clock.advance(day);
    const planned = add({ mode: 'dry', cost: null, usage: null });
    return { log, cheap, dear, unpriced, planned };
  }
  const ids = (page: { calls: { id: string }[] }) => page.calls.map(({ id }) => id);

  test('a sorted list puts calls without the value last in both directions, and continues at an offset', async () => {
    const { log, cheap, dear, unpriced, planned } = await filled();
    const by = (order: 'asc' | 'desc', offset = 0) => log.list({ limit: 2, sort: 'cost', order, offset });
    expect(ids(await by('desc'))).toEqual([dear, cheap]);
    expect(ids(await by('desc', 2))).toEqual([planned, unpriced]);
    expect(ids(await by('asc'))).toEqual([cheap, dear]);
  });

  test('a list of ids returns those that the log has, newest first, and filters still apply', async () => {
    const { log, cheap, dear, planned } = await filled();
    const some = [cheap, planned, dear, '0'.repeat(18)];
    expect(ids(await log.list({ limit: 10, ids: some }))).toEqual([planned, dear, cheap]);
    expect(ids(await log.list({ limit: 10, ids: some, mode: 'live' }))).toEqual([dear, cheap]);
  });

  test('a range of days includes its first and last day', async () => {
    const { log, cheap, dear, unpriced } = await filled();
    const range = (since: string, until: string) => log.list({ limit: 10, since, until });
    expect(ids(await range('2026-11-20', '2026-11-21'))).toEqual([unpriced, dear, cheap]);
    expect(ids(await range('2026-11-21', '2026-11-21'))).toEqual([unpriced, dear]);
  });

  test('totals cover the filtered calls; a plan costs nothing, and an unknown price is reported', async () => {
    const { log } = await filled();
    expect(await log.totals({})).toMatchObject({ calls: 4, live: 3, total_tokens: 45, unpriced: 1 });
    expect((await log.totals({})).usd).toBeCloseTo(0.501);
    expect(await log.totals({ since: '2026-11-21', mode: 'live' })).toMatchObject({ calls: 2, usd: 0.5 });
    expect(await log.totals({ text: 'no such words' })).toMatchObject({ calls: 0, usd: 0 });
  });

  test('while the database cannot be used, totals and a sorted list have the calls in memory', async () => {
    const clock = testClock();
    const file = sqliteFile();
    mkdirSync(file.file, { recursive: true });
    const log = testCallLog(testDatabase(file, clock), clock);
    const paid = { total: 0.25, currency: 'USD', source: 'provider' } as const;
    const first = call(clock, { cost: paid });
    const second = call(clock, { cost: null, code: 'cancelled' });
    log.add(first);
    log.add(second);
    expect(await log.totals({})).toMatchObject({ calls: 2, live: 2, failed: 0, usd: 0.25, total_tokens: 30 });
    const page = (offset: number) => log.list({ limit: 1, sort: 'cost', order: 'desc', offset });
    expect([...ids(await page(0)), ...ids(await page(1)), ...ids(await page(2))]).toEqual([
      second.row.id,
      first.row.id,
    ]);
  });

  test('the list shows the beginning of a message only where messages are stored', async () => {
    const { log, cheap } = await filled();
    const { calls } = await log.list({ limit: 10 });
    expect(calls.filter(({ preview }) => preview !== undefined).map(({ id }) => id)).toEqual([cheap]);
    expect(calls.at(-1)?.preview).toBe('It rains');
  });

  test('deleting calls removes their messages, but their cost still counts as spent', async () => {
    const { log, cheap, dear } = await filled();
    expect(await log.delete([cheap, dear, 'no-such-id'])).toEqual({ deleted: 2 });
    expect(ids(await log.list({ limit: 10 }))).not.toContain(cheap);
    await expect(log.get(cheap)).rejects.toThrow(cheap);
    expect((await log.spend(30)).total_usd).toBeCloseTo(0.501);
  });

  test('charts count live calls by day and module', async () => {
    const { log } = await filled();
    const { modules, latency } = await log.charts(30);
    expect(modules.map(({ day: on, module, calls }) => [on, module, calls])).toEqual([
      ['2026-11-20', 'vn_chat', 1],
      ['2026-11-21', 'translate', 2],
    ]);
    expect(latency).toMatchObject([
      { day: '2026-11-20', median_ms: 120 },
      { day: '2026-11-21', median_ms: 600, calls: 2 },
    ]);
  });
});
