import { describe, expect, it } from 'vitest';
import { linesOf, testProject } from '../__fixtures__/game.ts';
import { batchUpstream, type BatchScript } from './__fixtures__/batch-upstream.ts';
import { answerTo, openAiBatchApi } from './__fixtures__/openai-batch-api.ts';
import { splitBatches } from './split-batches.ts';

const files = { 'a.txt': linesOf(200) };
const inBatches = { wait: true, delivery: 'batch' } as const;
const answered: BatchScript = { resultOf: answerTo };
const low = { env: { COMFYVN_LLM_DAILY_BUDGET_USD: '0.001' } };

/** The sum in a refusal's message. */
const sumIn = (reason: string | null) => Number(/confirm_usd: ([\d.]+)/.exec(reason ?? '')?.[1]);

describe('the limits', () => {
  it.each([
    ['the daily limit', {}, low],
    ["the project's limit", { limit_usd: 0.001 }, {}],
  ])(
    'a batch above %s is refused with its sum, and only exactly that sum can be confirmed',
    async (_, settings, options) => {
      const upstream = await batchUpstream(openAiBatchApi(), answered);
      const { core, id, view } = await testProject(upstream.url, files, settings, options);
      const { run } = await core.ask('translate.run', { project: id, ...inBatches });
      expect(run).toMatchObject({ state: 'waiting', code: 'budget_exceeded', spent_usd: 0 });
      const sum = sumIn(run.reason);
      expect(run.confirm_usd).toBe(sum);
      expect(sum).toBeGreaterThan(0.001);
      expect(upstream.requests).toHaveLength(0);
      expect(await view()).toMatchObject({ batches: [], units: { held: 0, by_state: { new: 200 } } });
      expect((await core.ask('spend.get', {})).budget).toMatchObject({ reserved: 0, spent_today: 0 });
      const wrong = await core.ask('translate.run', { project: id, ...inBatches, confirm_usd: sum + 1 });
      expect(wrong.run).toMatchObject({ state: 'waiting', code: 'budget_exceeded' });
      expect(upstream.requests).toHaveLength(0);
      const { run: confirmed } = await core.ask('translate.run', {
        project: id,
        ...inBatches,
        confirm_usd: sum,
      });
      expect(confirmed).toMatchObject({ state: 'done', code: null, confirm_usd: null });
      expect(confirmed.spent_usd).toBeLessThanOrEqual(sum);
      expect((await view()).units.by_state).toEqual({ draft: 200 });
    },
  );

  it('the upper bound of an open batch counts against the limits of live calls', async () => {
    const upstream = await batchUpstream(openAiBatchApi(), { ...answered, runsFor: 1e9 });
    const { core, id } = await testProject(
      upstream.url,
      files,
      {},
      { env: { COMFYVN_LLM_DAILY_BUDGET_USD: '0.01' } },
    );
    await core.ask('translate.run', { project: id, delivery: 'batch' });
    await upstream.request(2);
    const { budget } = await core.ask('spend.get', {});
    const { batches } = (await core.ask('translate.get', { project: id })).project;
    expect(batches).toMatchObject([{ state: 'submitted', requests: 5 }]);
    expect(budget.reserved).toBeCloseTo(batches[0]?.bound_usd ?? 0, 7);
    // A live call's reservation would have expired by now.
    core.clock.advance(3600_000);
    expect((await core.ask('spend.get', {})).budget.reserved).toBeCloseTo(budget.reserved ?? 0, 9);
    await core.ask('translate.pause', { project: id });
  });
});

describe('pause and cancel', () => {
  it('a paused run leaves its batch at the provider; other runs skip its lines until the batch is read', async () => {
    const upstream = await batchUpstream(openAiBatchApi(), { ...answered, runsFor: 1e9 });
    const { core, id, view } = await testProject(upstream.url, files);
    await core.ask('translate.run', { project: id, delivery: 'batch' });
    await upstream.request(2);
    const { run } = await core.ask('translate.pause', { project: id });
    expect(run).toMatchObject({ state: 'paused', delivery: 'batch' });
    expect(await view()).toMatchObject({ batches: [{ state: 'submitted' }], units: { held: 200 } });
    const { message } = await core.refusal('translate.remove', { project: id });
    expect(message).toContain('at a provider');
    await core.ask('translate.run', { project: id, wait: true });
    await core.ask('translate.run', { project: id, wait: true, retry_unknown: true });
    upstream.behave(answered);
    const { run: after } = await core.ask('translate.run', { project: id, ...inBatches });
    expect(after).toMatchObject({ state: 'done', groups_by_state: { done: 5 } });
    expect(upstream.jobs).toHaveLength(1);
    expect(await view()).toMatchObject({ batches: [], units: { held: 0, by_state: { draft: 200 } } });
  });

  it('a cancelled run stores and pays only the requests that were completed', async () => {
    const upstream = await batchUpstream(openAiBatchApi(), {
      runsFor: 1e9,
      resultOf: (line, { lines }) => (lines.indexOf(line) < 2 ? answerTo(line) : 'cancelled'),
    });
    const { core, id, view } = await testProject(upstream.url, files);
    const ended = core.ask('translate.run', { project: id, ...inBatches });
    await upstream.request(2);
    await core.ask('translate.cancel', { project: id });
    const { run } = await ended;
    expect(run).toMatchObject({ state: 'cancelled', groups_by_state: { done: 2, failed: 3 } });
    expect(upstream.jobs[0]?.cancelled).toBe(true);
    expect(await view()).toMatchObject({
      batches: [],
      units: { held: 0, by_state: { draft: 80, new: 120 } },
    });
    const { budget } = await core.ask('spend.get', {});
    expect(budget.reserved).toBe(0);
    expect(budget.spent_today).toBeCloseTo(run.spent_usd, 8);
  });
});

it('a cancel also cancels the batch of a paused run, and submits no further batch', async () => {
  const upstream = await batchUpstream(openAiBatchApi(), {
    runsFor: 1e9,
    resultOf: (line, { lines }) => (lines.indexOf(line) < 2 ? answerTo(line) : 'cancelled'),
  });
  const { core, id, view } = await testProject(upstream.url, files);
  await core.ask('translate.run', { project: id, delivery: 'batch' });
  await upstream.request(2);
  await core.ask('translate.pause', { project: id });
  await core.ask('translate.cancel', { project: id });
  await expect.poll(async () => (await view()).run?.state, { timeout: 20_000 }).toBe('cancelled');
  expect(upstream.jobs).toMatchObject([{ cancelled: true }]);
  expect(await view()).toMatchObject({ batches: [], units: { held: 0, by_state: { draft: 80, new: 120 } } });
});

it('batches are split by count, by bytes, and by model', () => {
  const group = (model: string, body_bytes: number) =>
    ({ provider: 'openai_public', model, body_bytes }) as never;
  const limits = { requests: 3, bytes: 1000, requestOverhead: 100 };
  const sizes = (groups: never[]) =>
    splitBatches(groups, () => limits).map((batch) => [batch.groups.length, batch.bytes]);
  expect(sizes(Array.from({ length: 7 }, () => group('a', 100)))).toEqual([
    [3, 600],
    [3, 600],
    [1, 200],
  ]);
  expect(sizes([group('a', 400), group('a', 400), group('a', 10)])).toEqual([
    [2, 1000],
    [1, 110],
  ]);
  expect(sizes([group('a', 1), group('b', 1), group('a', 1)])).toEqual([
    [2, 202],
    [1, 101],
  ]);
});
