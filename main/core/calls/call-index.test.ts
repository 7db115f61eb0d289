import { expect, test } from 'vitest';
import { mkdirSync } from 'node:fs';
import {
  call,
  onBothDatabases,
  sqliteFile,
  testCallLog,
  testClock,
  testDatabase,
} from './__fixtures__/test-calls.ts';

type Facts = Parameters<typeof call>[1];

onBothDatabases('the index of the log', (newLocation) => {
  async function openLog() {
    const clock = testClock('2026-11-20T10:00:00Z');
    const log = testCallLog(testDatabase(await newLocation(), clock), clock);
    /** Adds a call a minute after the one before. */
    const add = (facts: Facts) => {
      clock.advance(60_000);
      const entry = call(clock, facts);
      log.add(entry);
      return entry.row.id;
    };
    const plan = (sha256: string, facts: Facts = {}) => add({ mode: 'dry', cost: null, sha256, ...facts });
    const live = (sha256: string | null, facts: Facts = {}) => add({ mode: 'live', sha256, ...facts });
    return { log, clock, plan, live };
  }
  const all = { limit: 100 };

  test('a live call and the plans that were made of it are one entry', async () => {
    const { log, plan, live } = await openLog();
    const other = plan('b');
    const [first, second] = [plan('a'), plan('a')];
    const sent = live('a');
    expect(await log.index(all)).toEqual({
      ids: [sent, other],
      plans: { [sent]: [second, first] },
      next: null,
    });
  });

  test('a plan belongs to the next call; one made after it, long before it, or of another model stays separate', async () => {
    const { log, clock, plan, live } = await openLog();
    const old = plan('a');
    clock.advance(10 * 60_000);
    const near = plan('a');
    const first = live('a');
    const second = live('a');
    const after = plan('a');
    const elsewhere = plan('c', { model: 'another' });
    const unhashed = live(null);
    const last = live('c');
    expect(await log.index(all)).toEqual({
      ids: [last, unhashed, elsewhere, after, second, first, old],
      plans: { [first]: [near] },
      next: null,
    });
  });

  test('pages follow each other, and a plan joins its call on the page before', async () => {
    const { log, plan, live } = await openLog();
    const oldest = live('x');
    const planned = plan('a');
    const sent = live('a');
    const first = await log.index({ limit: 1 });
    expect(first).toEqual({ ids: [sent], plans: {}, next: sent });
    const second = await log.index({ limit: 1, before: sent });
    expect(second).toEqual({ ids: [], plans: { [sent]: [planned] }, next: planned });
    expect(await log.index({ limit: 1, before: planned })).toMatchObject({ ids: [oldest], next: oldest });
    expect(await log.index({ limit: 1, before: oldest })).toEqual({ ids: [], plans: {}, next: null });
  });

  test('a filter that leaves out live calls lists the plans themselves', async () => {
    const { log, plan, live } = await openLog();
    const planned = plan('a');
    live('a');
    expect(await log.index({ ...all, mode: 'dry' })).toEqual({ ids: [planned], plans: {}, next: null });
  });

  test('a text is looked for in the whole log', async () => {
    const { log, live } = await openLog();
    const found = live('a', { requestId: 'scene-7' });
    live('b');
    expect((await log.index({ ...all, text: 'SCENE-7' })).ids).toEqual([found]);
  });

  test('an index in another order lists every call, plans too, and continues at an offset', async () => {
    const { log, plan, live } = await openLog();
    const slow = live('a', { totalMs: 900 });
    const planned = plan('b', { totalMs: 1 });
    const quick = live('b', { totalMs: 100 });
    const sorted = (offset: number) => log.index({ limit: 2, sort: 'latency', order: 'desc', offset });
    expect(await sorted(0)).toEqual({ ids: [slow, quick], plans: {}, next: quick });
    expect(await sorted(2)).toEqual({ ids: [planned], plans: {}, next: null });
  });

  test('while the database cannot be used, the calls in memory are listed, with their plans', async () => {
    const clock = testClock();
    const file = sqliteFile();
    mkdirSync(file.file, { recursive: true });
    const log = testCallLog(testDatabase(file, clock), clock);
    const planned = call(clock, { mode: 'dry', cost: null, sha256: 'a' });
    const sent = call(clock, { sha256: 'a' });
    log.add(planned);
    log.add(sent);
    const [plan, id] = [planned.row.id, sent.row.id];
    expect(await log.index(all)).toEqual({ ids: [id], plans: { [id]: [plan] }, next: null });
  });
});
