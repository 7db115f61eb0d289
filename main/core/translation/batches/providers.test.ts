import { describe, expect, it } from 'vitest';
import { linesOf, testProject } from '../__fixtures__/game.ts';
import { translated } from '../__fixtures__/line-upstream.ts';
import { anthropicBatchApi, claudeAnswer } from './__fixtures__/anthropic-batch-api.ts';
import {
  batchUpstream,
  type BatchDialect,
  type BatchedLine,
  type BatchScript,
} from './__fixtures__/batch-upstream.ts';
import { geminiAnswer, geminiBatchApi } from './__fixtures__/gemini-batch-api.ts';
import { answerTo, openAiBatchApi } from './__fixtures__/openai-batch-api.ts';

const files = { 'a.txt': linesOf(120) };
const inBatches = { wait: true, delivery: 'batch' } as const;

interface Provider {
  name: string;
  settings: { provider: string; model: string };
  api(): BatchDialect;
  answer(line: BatchedLine): { reply: unknown };
  /** The states of requests that were not run, as far as this provider reports them. */
  notRun: ('expired' | 'cancelled')[];
}

const providers: Provider[] = [
  {
    name: 'OpenAI',
    settings: { provider: 'openai_public', model: 'gpt-4o-mini' },
    api: () => openAiBatchApi(),
    answer: answerTo,
    notRun: ['expired', 'cancelled'],
  },
  {
    name: 'Azure OpenAI',
    settings: { provider: 'azure_openai', model: 'gpt-4o-mini' },
    api: () => openAiBatchApi('/openai/v1'),
    answer: answerTo,
    notRun: ['expired', 'cancelled'],
  },
  {
    name: 'Anthropic',
    settings: { provider: 'anthropic_public', model: 'claude-haiku-4-5-20251001' },
    api: anthropicBatchApi,
    answer: claudeAnswer,
    notRun: ['expired', 'cancelled'],
  },
  {
    name: 'Gemini',
    settings: { provider: 'google_gemini', model: 'gemini-2.5-flash' },
    api: geminiBatchApi,
    answer: geminiAnswer,
    notRun: [],
  },
];

/** True if a request contains a text, in any provider's format. */
const contains = (line: BatchedLine, text: string) => JSON.stringify(line.body).includes(text);

describe.each(providers)('$name', ({ settings, api, answer, notRun }) => {
  const answered: BatchScript = { resultOf: answer };

  it('translates like a live run, at half the price in run and ledger', async () => {
    const liveUpstream = await batchUpstream(api(), {
      ...answered,
      live: (request) => ({ body: answer({ id: '', body: request.json() }).reply }),
    });
    const liveProject = await testProject(liveUpstream.url, files, settings);
    const { run: sent } = await liveProject.core.ask('translate.run', {
      project: liveProject.id,
      wait: true,
    });
    expect(sent).toMatchObject({ state: 'done', code: null });
    const batchesUpstream = await batchUpstream(api(), answered);
    const batchProject = await testProject(batchesUpstream.url, files, settings);
    const { run } = await batchProject.core.ask('translate.run', { project: batchProject.id, ...inBatches });
    expect(run).toMatchObject({ state: 'done', code: null, reason: null });
    const targets = async ({ core, id }: typeof liveProject) =>
      (await core.ask('translate.units', { project: id, limit: 1000 })).units.map(({ target, state }) => [
        target,
        state,
      ]);
    expect(await targets(batchProject)).toEqual(await targets(liveProject));
    expect(run.spent_usd).toBeGreaterThan(0);
    expect(run.spent_usd).toBeCloseTo(sent.spent_usd / 2, 9);
    const { budget, unknown } = await batchProject.core.ask('spend.get', {});
    expect(budget.spent_today).toBeCloseTo(run.spent_usd, 7);
    expect([budget.reserved, unknown]).toEqual([0, []]);
  });

  it('a request that was refused or not run costs nothing, and the next run sends it', async () => {
    const upstream = await batchUpstream(api(), {
      resultOf(line) {
        if (contains(line, 'number 1 ')) return { refuse: { status: 400, message: 'no such thing' } };
        if (notRun[0] && contains(line, 'number 50 ')) return notRun[0];
        return answer(line);
      },
    });
    const { core, id, view } = await testProject(upstream.url, files, settings);
    const { run } = await core.ask('translate.run', { project: id, ...inBatches });
    const failed = notRun[0] ? 2 : 1;
    expect(run).toMatchObject({
      state: 'done',
      code: 'failed_groups',
      groups_by_state: { done: 3 - failed, failed },
    });
    const { budget, unknown } = await core.ask('spend.get', {});
    expect(budget.spent_today).toBeCloseTo(run.spent_usd, 7);
    expect([budget.reserved, unknown]).toEqual([0, []]);
    upstream.behave(answered);
    await core.ask('translate.run', { project: id, ...inBatches });
    expect(upstream.jobs[1]?.lines).toHaveLength(failed);
    expect((await view()).units.by_state).toEqual({ draft: 120 });
  });

  it('is cancelled at the provider', async () => {
    const upstream = await batchUpstream(api(), { runsFor: 1e9, resultOf: () => notRun[1] ?? 'missing' });
    const { core, id, view } = await testProject(upstream.url, files, settings);
    const ended = core.ask('translate.run', { project: id, ...inBatches });
    while (upstream.jobs.length === 0) await upstream.request(upstream.requests.length);
    await core.ask('translate.cancel', { project: id });
    expect((await ended).run).toMatchObject({
      state: 'cancelled',
      groups_by_state: { failed: 3 },
      spent_usd: 0,
    });
    expect(upstream.jobs[0]?.cancelled).toBe(true);
    expect((await view()).units).toMatchObject({ held: 0, by_state: { new: 120 } });
  });

  it('a lost submission is found again at the provider', async () => {
    const upstream = await batchUpstream(api(), {
      ...answered,
      fault: (step) => (step === 'create' ? { answer: { fault: 'reset' }, after: true } : undefined),
    });
    const { core, id, view } = await testProject(upstream.url, files, settings);
    const { run } = await core.ask('translate.run', { project: id, ...inBatches });
    expect(run).toMatchObject({ state: 'done', code: null });
    expect(upstream.jobs).toHaveLength(1);
    const { units } = await core.ask('translate.units', { project: id, limit: 1000 });
    for (const { source, target } of units) expect(target).toBe(translated(source));
    expect((await view()).units.held).toBe(0);
    expect((await core.ask('spend.get', {})).unknown).toEqual([]);
  });
});
