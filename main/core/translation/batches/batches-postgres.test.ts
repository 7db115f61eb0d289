import { describe, expect, test } from 'vitest';
import { chatCore } from '../../__fixtures__/chat-core.ts';
import { usePostgres, withoutPostgres } from '../../database/__fixtures__/postgres.ts';
import { linesOf, testProject } from '../__fixtures__/game.ts';
import { translated } from '../__fixtures__/line-upstream.ts';
import { batchUpstream, type BatchScript } from './__fixtures__/batch-upstream.ts';
import { answerTo, openAiBatchApi } from './__fixtures__/openai-batch-api.ts';

describe.skipIf(withoutPostgres)('batches on PostgreSQL', () => {
  const server = usePostgres();
  const inBatches = { wait: true, delivery: 'batch' } as const;
  const answered: BatchScript = { resultOf: answerTo };

  test('a batch that one machine submitted is found, read and settled by another', async () => {
    const busy = { status: 429, body: { error: { message: 'too many batches' } } };
    const upstream = await batchUpstream(openAiBatchApi(), {
      ...answered,
      fault: (step) => (step === 'create' ? { answer: busy } : undefined),
    });
    const env = { COMFYVN_LLM_DATABASE_URL: await server().newDatabase() };
    const { core, id, view } = await testProject(upstream.url, { 'a.txt': linesOf(120) }, {}, { env });
    await core.ask('translate.run', { project: id, ...inBatches });
    expect(await view()).toMatchObject({ batches: [], units: { held: 0, by_state: { new: 120 } } });
    // The provider accepts the batch, but neither confirms nor lists it.
    upstream.behave({
      ...answered,
      fault(step) {
        if (step === 'create') return { answer: { fault: 'reset' }, after: true };
        return step === 'list'
          ? { answer: { headers: { 'retry-after-ms': '1' }, body: { data: [] } } }
          : undefined;
      },
    });
    const { run } = await core.ask('translate.run', { project: id, ...inBatches });
    expect(run).toMatchObject({ code: 'outcome_unknown', groups_by_state: { unknown: 3 } });
    expect((await view()).units.held).toBe(120);
    await core.core.close();
    const other = chatCore(upstream.url, { env });
    upstream.behave({
      hidesCounts: true,
      resultOf: (line, { lines }) => (lines.indexOf(line) === 1 ? 'missing' : answerTo(line)),
    });
    const { run: read } = await other.ask('translate.run', { project: id, ...inBatches });
    expect(read.groups_by_state).toEqual({ done: 2, unknown: 1 });
    const { budget, unknown } = await other.ask('spend.get', {});
    expect(unknown).toHaveLength(1);
    expect(budget).toMatchObject({ reserved: 0 });
    expect(budget.spent_today).toBeCloseTo(read.spent_usd, 7);
    upstream.behave(answered);
    await other.ask('translate.run', { project: id, ...inBatches, retry_unknown: true });
    expect(upstream.jobs.map(({ lines }) => lines.length)).toEqual([3, 1]);
    const { units } = await other.ask('translate.units', { project: id, limit: 1000 });
    for (const { source, target } of units) expect(target).toBe(translated(source));
  });
});
