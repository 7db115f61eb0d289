import { describe, expect, it, test } from 'vitest';
import { chatOptions, providerEnv } from '../../__fixtures__/chat-core.ts';
import { testCore } from '../../__fixtures__/test-core.ts';
import { gameFolder, linesOf, testProject } from '../__fixtures__/game.ts';
import { bundledRun, runAndKill } from '../__fixtures__/killed-run.ts';
import { translated } from '../__fixtures__/line-upstream.ts';
import { batchUpstream, type BatchScript } from './__fixtures__/batch-upstream.ts';
import { answerTo, openAiBatchApi } from './__fixtures__/openai-batch-api.ts';

const files = { 'a.txt': linesOf(200) };
const inBatches = { wait: true, delivery: 'batch' } as const;
const answered: BatchScript = { resultOf: answerTo };

describe('a submission whose answer is lost', () => {
  it('is found at the provider by our batch id, and read', async () => {
    const upstream = await batchUpstream(openAiBatchApi(), {
      ...answered,
      fault: (step) => (step === 'create' ? { answer: { fault: 'reset' }, after: true } : undefined),
    });
    const { core, id, view } = await testProject(upstream.url, files);
    const { run } = await core.ask('translate.run', { project: id, ...inBatches });
    expect(run).toMatchObject({ state: 'done', code: null, groups_by_state: { done: 5 } });
    expect(upstream.jobs).toHaveLength(1);
    expect((await view()).units).toMatchObject({ held: 0, by_state: { draft: 200 } });
    const { budget, unknown } = await core.ask('spend.get', {});
    expect(unknown).toEqual([]);
    expect(budget.spent_today).toBeCloseTo(run.spent_usd, 8);
  });

  it.each([
    ['the connection is reset', { fault: 'reset' }],
    ['a gateway answers', { status: 502, body: '<html>Bad Gateway</html>' }],
    ['the provider fails', { status: 500, body: { error: { message: 'oops', type: 'server_error' } } }],
    ['the answer names no batch', { body: { ok: true } }],
  ] as const)(
    'is unknown if %s and the provider does not have the batch: nothing is sent twice',
    async (_, answer) => {
      const upstream = await batchUpstream(openAiBatchApi(), {
        ...answered,
        fault: (step) => (step === 'create' ? { answer } : undefined),
      });
      const { core, id, view } = await testProject(upstream.url, files);
      const { run } = await core.ask('translate.run', { project: id, ...inBatches });
      expect(run).toMatchObject({ state: 'done', code: 'outcome_unknown', groups_by_state: { unknown: 5 } });
      const { units, unknown_groups, batches } = await view();
      expect({ units, unknown_groups }).toMatchObject({ units: { held: 200 }, unknown_groups: 5 });
      expect(batches).toMatchObject([{ state: 'unknown', requests: 5 }]);
      const { budget, unknown } = await core.ask('spend.get', {});
      expect(unknown).toHaveLength(1);
      expect(budget.spent_today).toBeCloseTo(run.spent_usd, 7);
      upstream.behave(answered);
      await core.ask('translate.run', { project: id, ...inBatches });
      await core.ask('translate.run', { project: id, wait: true });
      expect(upstream.jobs).toHaveLength(0);
      await core.ask('translate.run', { project: id, ...inBatches, retry_unknown: true });
      expect(upstream.jobs).toHaveLength(1);
      expect(await view()).toMatchObject({ batches: [], units: { held: 0, by_state: { draft: 200 } } });
    },
    240_000,
  );

  it('a refused submission costs nothing, and the next run sends it', async () => {
    const upstream = await batchUpstream(openAiBatchApi(), {
      ...answered,
      fault: (step) =>
        step === 'create'
          ? { answer: { status: 429, body: { error: { message: 'too many batches' } } } }
          : undefined,
    });
    const { core, id, view } = await testProject(upstream.url, files);
    const { run } = await core.ask('translate.run', { project: id, ...inBatches });
    expect(run).toMatchObject({ state: 'waiting', spent_usd: 0 });
    expect(run.reason).toContain('too many batches');
    expect(await view()).toMatchObject({ batches: [], units: { held: 0, by_state: { new: 200 } } });
    expect((await core.ask('spend.get', {})).budget).toMatchObject({ spent_today: 0, reserved: 0 });
    upstream.behave(answered);
    await core.ask('translate.run', { project: id, ...inBatches });
    expect((await view()).units.by_state).toEqual({ draft: 200 });
  });
});

test(
  'after kill -9 at any step, the next process continues, and nothing is sent or paid twice',
  { timeout: 600_000 },
  async () => {
    const upstream = await batchUpstream(openAiBatchApi(), answered);
    const env = providerEnv(upstream.url);
    // The other processes use the machine's clock, and the ledger counts by day.
    const core = testCore(chatOptions(upstream.url, { now: new Date().toISOString() }));
    const { project } = await core.ask('translate.create', {
      game: gameFolder({ 'a.txt': linesOf(200) }),
      provider: 'openai_public',
      model: 'gpt-4o-mini',
      target_language: 'Japanese',
    });
    await core.ask('translate.import', { project: project.id });
    const script = await bundledRun();
    const run = (until: Promise<unknown>) =>
      runAndKill({ script, root: core.root, project: project.id, env, input: { delivery: 'batch' }, until });
    const steps = [
      { step: 'upload', after: false },
      { step: 'upload', after: true },
      { step: 'create', after: true },
      { step: 'list', after: false },
      { step: 'get', after: false },
      { step: 'output', after: false },
    ];
    for (const { step, after } of steps) {
      let markReached: () => void = () => {};
      const reached = new Promise<void>((resolve) => (markReached = resolve));
      upstream.behave({
        ...answered,
        fault(at) {
          if (at !== step) return undefined;
          markReached();
          return { answer: { fault: 'hang' }, after };
        },
      });
      expect(await run(reached)).toBeNull();
    }
    upstream.behave(answered);
    const ended = (await run(new Promise(() => {}))) as { data: { run: { spent_usd: number } } };
    expect(ended).toMatchObject({ ok: true, data: { run: { state: 'done', groups_by_state: { done: 5 } } } });
    expect(upstream.jobs).toHaveLength(1);
    const { units } = await core.ask('translate.units', { project: project.id, limit: 1000 });
    for (const { source, target } of units) expect(target).toBe(translated(source));
    const { budget, unknown } = await core.ask('spend.get', {});
    expect(unknown).toEqual([]);
    expect(budget.reserved).toBe(0);
    expect(budget.spent_today).toBeCloseTo(ended.data.run.spent_usd, 8);
  },
);
