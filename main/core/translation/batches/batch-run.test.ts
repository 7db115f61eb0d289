import { describe, expect, it } from 'vitest';
import { linesOf, testProject, type TestProject } from '../__fixtures__/game.ts';
import { askedLines, reply, replyText, translated } from '../__fixtures__/line-upstream.ts';
import { batchUpstream, type BatchScript } from './__fixtures__/batch-upstream.ts';
import { answerTo, openAiBatchApi } from './__fixtures__/openai-batch-api.ts';

const files = { 'a.txt': linesOf(200) };
const answered: BatchScript = { resultOf: answerTo };
const inBatches = { wait: true, delivery: 'batch' } as const;

const start = (script: BatchScript = answered) => batchUpstream(openAiBatchApi(), script);

async function ledgerOf({ core }: TestProject) {
  const { budget, unknown } = await core.ask('spend.get', {});
  return { ...budget, unknown };
}

async function targetsOf({ core, id }: TestProject) {
  const { units } = await core.ask('translate.units', { project: id, limit: 1000 });
  return units.map(({ source, target, state, problems }) => ({ source, target, state, problems }));
}

describe('delivery as batches', () => {
  it('translates like live delivery, at half the cost in run and ledger', async () => {
    const live = await start({
      ...answered,
      live: (request) => reply(replyText(askedLines(request))),
    });
    const liveProject = await testProject(live.url, files);
    const { run: sent } = await liveProject.core.ask('translate.run', {
      project: liveProject.id,
      wait: true,
    });
    const upstream = await start();
    const batchProject = await testProject(upstream.url, files);
    const { run } = await batchProject.core.ask('translate.run', { project: batchProject.id, ...inBatches });
    expect(run).toMatchObject({ state: 'done', code: null, groups_by_state: { done: 5 } });
    expect(await targetsOf(batchProject)).toEqual(await targetsOf(liveProject));
    expect(run.spent_usd).toBeCloseTo(sent.spent_usd / 2, 9);
    const ledger = await ledgerOf(batchProject);
    expect(ledger.spent_today).toBeCloseTo(run.spent_usd, 8);
    expect(ledger).toMatchObject({ reserved: 0, unknown: [], unknown_today: 0 });
  });

  it('the bodies in the uploaded file are the same bytes as live requests', async () => {
    const bodies: string[] = [];
    const live = await start({
      ...answered,
      live(request) {
        bodies.push(request.body.toString('utf8'));
        return reply(replyText(askedLines(request)));
      },
    });
    const liveProject = await testProject(live.url, files, { concurrency: 1 });
    await liveProject.core.ask('translate.run', { project: liveProject.id, wait: true });
    const upstream = await start();
    const batchProject = await testProject(upstream.url, files);
    await batchProject.core.ask('translate.run', { project: batchProject.id, ...inBatches });
    const upload = upstream.requests[0]?.body.toString('utf8') ?? '';
    expect(bodies).toHaveLength(5);
    for (const body of bodies) expect(upload).toContain(`"body":${body}}`);
  });

  it('requests lines that a reply leaves out again, in another batch', async () => {
    const upstream = await start({
      resultOf(line, job) {
        const lines = askedLines({ json: () => line.body });
        const answeredLines = job.id === 'batch_1' ? lines.slice(0, -10) : lines;
        return { reply: (reply(replyText(answeredLines)) as { body: unknown }).body };
      },
    });
    const project = await testProject(upstream.url, files);
    const { run } = await project.core.ask('translate.run', { project: project.id, ...inBatches });
    expect(run).toMatchObject({ state: 'done', code: null, groups_by_state: { done: 15 } });
    expect(upstream.jobs.map(({ lines }) => lines.length)).toEqual([5, 10]);
    for (const { source, target } of await targetsOf(project)) expect(target).toBe(translated(source));
    expect(await ledgerOf(project)).toMatchObject({ reserved: 0, unknown: [] });
  });

  it('a plan shows the batch price, and a run at a provider without batches gets a clear error', async () => {
    const upstream = await start();
    const project = await testProject(upstream.url, files);
    const plan = await project.core.ask('translate.plan', { project: project.id });
    expect(plan.batch_cost?.expected).toBeCloseTo((plan.cost?.expected ?? 0) / 2, 12);
    const other = await testProject(upstream.url, files, {
      provider: 'openrouter',
      model: 'openai/gpt-4o-mini',
    });
    const { run } = await other.core.ask('translate.run', { project: other.id, ...inBatches });
    expect(run).toMatchObject({ state: 'waiting', code: 'parameter_refused' });
    expect(run.reason).toContain('takes no batches');
    expect(upstream.requests).toHaveLength(0);
  });
});

describe('results of a batch', () => {
  const contains = (line: { body: Record<string, unknown> }, text: string) =>
    askedLines({ json: () => line.body }).some((asked) => asked.text.includes(text));

  it('a request that fails, expires or is cancelled costs nothing, and the next run sends its lines', async () => {
    const upstream = await start({
      endsAs: 'expired',
      resultOf(line) {
        if (contains(line, 'number 1 ')) return { refuse: { status: 400, message: 'no such thing' } };
        if (contains(line, 'number 50 ')) return 'expired';
        if (contains(line, 'number 90 ')) return 'cancelled';
        return answerTo(line);
      },
    });
    const project = await testProject(upstream.url, files);
    const { run } = await project.core.ask('translate.run', { project: project.id, ...inBatches });
    expect(run).toMatchObject({
      state: 'done',
      code: 'failed_groups',
      groups_by_state: { done: 2, failed: 3 },
    });
    expect((await project.view()).units).toMatchObject({ held: 0, by_state: { draft: 80, new: 120 } });
    const { groups } = await project.core.ask('translate.groups', { project: project.id, state: 'failed' });
    expect(groups.map(({ cost_usd }) => cost_usd)).toEqual([0, 0, 0]);
    expect(groups.map(({ code }) => code).sort()).toEqual([
      'batch_cancelled',
      'batch_expired',
      'provider_error',
    ]);
    const ledger = await ledgerOf(project);
    expect(ledger).toMatchObject({ reserved: 0, unknown: [] });
    expect(ledger.spent_today).toBeCloseTo(run.spent_usd, 8);
    upstream.behave(answered);
    await project.core.ask('translate.run', { project: project.id, ...inBatches });
    expect(upstream.jobs[1]?.lines).toHaveLength(3);
    expect((await project.view()).units.by_state).toEqual({ draft: 200 });
  });

  it('a duplicate result is stored once, an unexpected one is ignored, and both are reported', async () => {
    const upstream = await start({
      resultOf: (line) => (contains(line, 'number 1 ') ? 'twice' : answerTo(line)),
      fault: (step) =>
        step === 'output'
          ? {
              answer: {
                body: [
                  ...(upstream.jobs[0]?.lines ?? []),
                  { id: 'nobody', body: upstream.jobs[0]?.lines[0]?.body ?? {} },
                ]
                  .flatMap((line) =>
                    contains(line, 'number 1 ') && line.id !== 'nobody' ? [line, line] : [line],
                  )
                  .map(
                    (line) =>
                      `${JSON.stringify({ custom_id: line.id, response: { status_code: 200, body: answerTo(line).reply } })}\n`,
                  )
                  .join(''),
              },
            }
          : undefined,
    });
    const project = await testProject(upstream.url, files);
    const { run } = await project.core.ask('translate.run', { project: project.id, ...inBatches });
    expect(run).toMatchObject({ state: 'done', code: null, groups_by_state: { done: 5 } });
    expect(run.reason).toMatch(/1 results twice.*1 results that were not asked for/);
    expect((await ledgerOf(project)).spent_today).toBeCloseTo(run.spent_usd, 8);
  });

  it('a request without a result was not run if the provider counts as many results as it returns', async () => {
    const upstream = await start({
      resultOf: (line) => (contains(line, 'number 1 ') ? 'missing' : answerTo(line)),
    });
    const project = await testProject(upstream.url, files);
    const { run } = await project.core.ask('translate.run', { project: project.id, ...inBatches });
    expect(run.groups_by_state).toEqual({ done: 4, failed: 1 });
    expect(run.reason).toContain('no result for 1 requests');
    expect((await project.view()).units).toMatchObject({ held: 0, by_state: { new: 40 } });
  });

  it('a request without a result may have been paid if the provider reports no counts, and is held', async () => {
    const upstream = await start({
      hidesCounts: true,
      resultOf: (line) => (contains(line, 'number 1 ') ? 'missing' : answerTo(line)),
    });
    const project = await testProject(upstream.url, files);
    const { run } = await project.core.ask('translate.run', { project: project.id, ...inBatches });
    expect(run.groups_by_state).toEqual({ done: 4, unknown: 1 });
    expect((await project.view()).units).toMatchObject({ held: 40, by_state: { new: 40 } });
    const { unknown, unknown_today, spent_today } = await ledgerOf(project);
    expect(unknown).toHaveLength(1);
    expect(spent_today).toBeCloseTo(run.spent_usd, 7);
    expect(unknown_today).toBeGreaterThan(0);
    await project.core.ask('translate.run', { project: project.id, ...inBatches });
    expect(upstream.jobs).toHaveLength(1);
    upstream.behave(answered);
    await project.core.ask('translate.run', { project: project.id, ...inBatches, retry_unknown: true });
    expect(upstream.jobs[1]?.lines).toHaveLength(1);
    expect((await project.view()).units).toMatchObject({ held: 0, by_state: { draft: 200 } });
  });

  it('a batch that is refused as a whole costs nothing, and the run shows the reason', async () => {
    const upstream = await start({ ...answered, endsAs: 'failed' });
    const project = await testProject(upstream.url, files);
    const { run } = await project.core.ask('translate.run', { project: project.id, ...inBatches });
    expect(run).toMatchObject({ state: 'done', code: 'failed_groups', spent_usd: 0 });
    expect(run.reason).toContain('Enqueued token limit reached');
    expect(await ledgerOf(project)).toMatchObject({ spent_today: 0, reserved: 0, unknown: [] });
    expect((await project.view()).units).toMatchObject({ held: 0, by_state: { new: 200 } });
  });

  it('a line that changed since the submission keeps its new source, and the other lines are translated', async () => {
    const upstream = await start({ ...answered, runsFor: 1e9 });
    const project = await testProject(upstream.url, files);
    await project.core.ask('translate.run', { project: project.id, delivery: 'batch' });
    await upstream.request(2);
    await project.core.ask('translate.pause', { project: project.id });
    const { gameFolder } = await import('../__fixtures__/game.ts');
    gameFolder(
      { 'a.txt': files['a.txt'].replace('Line number 7 of the story.', 'Another seventh.') },
      project.game,
    );
    await project.core.ask('translate.import', { project: project.id });
    upstream.behave(answered);
    await project.core.ask('translate.run', { project: project.id, ...inBatches });
    for (const { source, target } of await targetsOf(project)) expect(target).toBe(translated(source));
    expect(upstream.jobs[1]?.lines).toHaveLength(1);
  });
});
