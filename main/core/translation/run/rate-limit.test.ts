import { expect, test, vi } from 'vitest';
import { createSettings } from '../../app/settings.ts';
import { memorySettings } from '../../app/settings-file.ts';
import { linesOf, testProject } from '../__fixtures__/game.ts';
import { lineUpstream } from '../__fixtures__/line-upstream.ts';

test('a run waits for the limit of its provider, says so, and holds nothing for sent that waits', async () => {
  const upstream = await lineUpstream();
  const provider_limits = { openai_public: { requests_per_minute: 1 } };
  const settings = createSettings(memorySettings({ provider_limits }));
  const options = { group_lines: 1, concurrency: 3 };
  const { core, id, view } = await testProject(upstream.url, { 'a.txt': linesOf(5) }, options, { settings });
  await core.ask('translate.run', { project: id });
  await vi.waitFor(async () => expect((await view()).run?.waits_for).not.toBeNull(), { timeout: 20_000 });
  expect((await view()).run?.waits_for).toMatchObject({
    provider: 'openai_public',
    limit: '1 requests a minute',
  });
  // Those that wait are in hand, and neither sent nor paid for.
  await vi.waitFor(async () => expect((await view()).run?.groups_by_state).toEqual({ done: 1, planned: 4 }));
  const begun = performance.now();
  const { run } = await core.ask('translate.pause', { project: id });
  expect(performance.now() - begun).toBeLessThan(10_000);
  expect(run).toMatchObject({ state: 'paused', waits_for: null, groups_by_state: { planned: 4 } });
  expect(run?.groups_by_state).not.toHaveProperty('unknown');
  expect(upstream.requests).toHaveLength(1);
  const { calls } = await core.ask('calls.list', {});
  expect(calls.map(({ code }) => code)).toEqual([null]);
});
