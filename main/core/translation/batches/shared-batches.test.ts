import { Client } from 'pg';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { chatCore } from '../../__fixtures__/chat-core.ts';
import { usePostgres, withoutPostgres } from '../../database/__fixtures__/postgres.ts';
import { gameFolder, linesOf, testProject } from '../__fixtures__/game.ts';
import { lineUpstream, translated } from '../__fixtures__/line-upstream.ts';
import { batchUpstream, type BatchScript } from './__fixtures__/batch-upstream.ts';
import { answerTo, openAiBatchApi } from './__fixtures__/openai-batch-api.ts';

const files = { 'a.txt': linesOf(120) };
const answered: BatchScript = { resultOf: answerTo };
const running: BatchScript = { ...answered, runsFor: 1e9 };
const inBatches = { wait: true, delivery: 'batch' } as const;

describe.skipIf(withoutPostgres)('a batch run on a shared database', () => {
  const server = usePostgres();

  async function started() {
    const upstream = await batchUpstream(openAiBatchApi(), running);
    const env = { COMFYVN_LLM_DATABASE_URL: await server().newDatabase() };
    const project = await testProject(upstream.url, files, {}, { env });
    const ended = project.core.ask('translate.run', { project: project.id, ...inBatches });
    await upstream.request(2);
    return { upstream, env, project, ended };
  }

  async function clientOf(url: string): Promise<Client> {
    const client = new Client({ connectionString: url });
    await client.connect();
    onTestFinished(() => client.end());
    return client;
  }

  test('a worker claims none of its groups, and an expired lease changes none of them', async () => {
    const { upstream, env, project, ended } = await started();
    const { id } = project;
    const workerUpstream = await lineUpstream();
    const worker = chatCore(workerUpstream.url, { env });
    const { sharing } = await worker.core.translation();
    const reports: string[] = [];
    sharing.help({ concurrency: 4, isOn: () => true, report: (line) => reports.push(line) });
    const client = await clientOf(env.COMFYVN_LLM_DATABASE_URL);
    const workers = () => client.query('select id from translation_workers where run is null');
    await expect.poll(async () => (await workers()).rowCount).toBe(1);
    const states = async () => {
      const { rows } = await client.query<{ state: string; cost: number; batched: boolean }>(
        'select state, cost, batch is not null as batched from translation_groups order by position',
      );
      return rows;
    };
    const before = await states();
    expect(before.map((row) => row.state)).toEqual(['sent', 'sent', 'sent']);
    await client.query('update translation_groups set lease_owner = $1, lease_until = 1', ['elsewhere:1:a']);
    // The batch run counts as dead for a moment. A heartbeat may come in between, so this is tried again.
    const withExpiredLease = <T>(work: () => Promise<T>) =>
      vi.waitFor(
        async () => {
          await client.query('update translation_runs set lease_until = 1 where state = $1', ['running']);
          return work();
        },
        { timeout: 30_000 },
      );
    // A live run of another process takes over the project, for a new line.
    gameFolder({ 'b.txt': 'Quite another line.\n' }, project.game);
    await withExpiredLease(() => worker.ask('translate.import', { project: id }));
    const { run } = await withExpiredLease(() => worker.ask('translate.run', { project: id }));
    await expect.poll(async () => (await project.view()).run).toMatchObject({ id: run.id, state: 'done' });
    await ended;
    const { runs } = await worker.ask('translate.runs', { project: id, limit: 10 });
    expect(runs.map(({ state, groups_by_state: by }) => [state, by])).toEqual([
      ['done', { done: 1 }],
      ['paused', { sent: 3 }],
    ]);
    expect((await states()).filter((row) => row.batched)).toEqual(before);
    expect(workerUpstream.requests).toHaveLength(1);
    expect(reports).toEqual([]);
    upstream.behave(answered);
    const other = chatCore(upstream.url, { env });
    const { run: read } = await other.ask('translate.run', { project: id, ...inBatches });
    expect(read).toMatchObject({ state: 'done', code: null, groups_by_state: { done: 3 } });
    expect(upstream.jobs).toHaveLength(1);
    const { units } = await other.ask('translate.units', { project: id, limit: 1000 });
    for (const { source, target } of units) expect(target).toBe(translated(source));
  });

  // A machine polls for such a request every ten seconds, so both cases run at the same time.
  test('a pause and a cancel from another machine end it', async () => {
    const requests = [
      ['pause', 'paused'],
      ['cancel', 'cancelled'],
    ] as const;
    await Promise.all(
      requests.map(async ([how, state]) => {
        const { upstream, env, project, ended } = await started();
        const panel = chatCore('http://127.0.0.1:9', { env });
        const { run: watched } = (await panel.ask('translate.get', { project: project.id })).project;
        expect(watched, how).toMatchObject({ state: 'running', delivery: 'batch' });
        expect(watched?.machines, how).toHaveLength(1);
        await panel.ask(`translate.${how}`, { project: project.id });
        expect((await ended).run, how).toMatchObject({ state });
        expect(upstream.jobs[0]?.cancelled, how).toBe(how === 'cancel');
        const { batches } = await project.view();
        expect(batches, how).toHaveLength(how === 'cancel' ? 0 : 1);
      }),
    );
  });
});

test('an open batch counts against the limit of a live run of the project', async () => {
  const upstream = await batchUpstream(openAiBatchApi(), running);
  const { core, id, game, view } = await testProject(upstream.url, files);
  await core.ask('translate.run', { project: id, delivery: 'batch' });
  await upstream.request(2);
  await core.ask('translate.pause', { project: id });
  const [batch] = (await view()).batches;
  gameFolder({ 'b.txt': 'Quite another line.\n' }, game);
  await core.ask('translate.import', { project: id });
  const { cost } = await core.ask('translate.plan', { project: id });
  const bound = batch?.bound_usd ?? 0;
  // Enough for the batch or the live run, not for both.
  const set = { limit_usd: Math.max(bound, cost?.max ?? 0) * 1.01 };
  await core.ask('translate.configure', { project: id, set });
  const requests = upstream.requests.length;
  const { run } = await core.ask('translate.run', { project: id, wait: true });
  expect(run).toMatchObject({ state: 'waiting', code: 'budget_exceeded', spent_usd: 0 });
  expect(upstream.requests).toHaveLength(requests);
});
