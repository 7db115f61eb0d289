import { expect, test } from 'vitest';
import { chatOptions, providerEnv } from '../../__fixtures__/chat-core.ts';
import { testCore } from '../../__fixtures__/test-core.ts';
import { gameFolder, linesOf } from '../__fixtures__/game.ts';
import { bundledRun, runAndKill } from '../__fixtures__/killed-run.ts';
import { lineUpstream } from '../__fixtures__/line-upstream.ts';

test(
  'after kill -9 during a wait for a rate limit, nothing was sent or paid, and the groups are planned again',
  { timeout: 300_000 },
  async () => {
    const tooMany = { error: { message: 'Rate limit reached', code: 'rate_limit_exceeded' } };
    const upstream = await lineUpstream((_, n) =>
      n === 0 ? { status: 429, headers: { 'retry-after': '40' }, body: tooMany } : undefined,
    );
    const env = providerEnv(upstream.url);
    const core = testCore(chatOptions(upstream.url, { now: new Date().toISOString() }));
    const { project } = await core.ask('translate.create', {
      game: gameFolder({ 'a.txt': linesOf(3) }),
      provider: 'openai_public',
      model: 'gpt-4o-mini',
      target_language: 'Japanese',
      group_lines: 1,
      concurrency: 1,
    });
    await core.ask('translate.import', { project: project.id });
    const script = await bundledRun();
    const view = async () => (await core.ask('translate.get', { project: project.id })).project;
    const waits = (async () => {
      await upstream.request(0);
      // The refused group is returned, and the next one waits as long as the provider asked.
      await expect
        .poll(async () => (await view()).run, { timeout: 120_000 })
        .toMatchObject({ waits_for: expect.anything() });
    })();
    const run = { script, root: core.root, project: project.id, env };
    expect(await runAndKill({ ...run, until: waits })).toBeNull();
    expect(upstream.requests).toHaveLength(1);
    const { units, unknown_groups } = await view();
    expect({ held: units.held, unknown_groups }).toEqual({ held: 0, unknown_groups: 0 });
    expect((await core.ask('spend.get', {})).budget).toMatchObject({ spent_today: 0, reserved: 0 });
    expect(await core.ask('translate.plan', { project: project.id })).toMatchObject({ groups: 3, held: 0 });
  },
);
