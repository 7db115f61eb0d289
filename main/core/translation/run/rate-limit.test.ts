import { expect, test, vi } from 'vitest';
import { createSettings } from '../../app/settings.ts';
import { memorySettings } from '../../app/settings-file.ts';
import { linesOf, testProject } from '../__fixtures__/game.ts';
import { lineUpstream } from '../__fixtures__/line-upstream.ts';

test('a run that waits for its provider’s rate limit reports the wait; waiting groups are not marked as sent', async () => {
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
  // Waiting groups are claimed, and neither sent nor paid.
  await vi.waitFor(async () => expect((await view()).run?.groups_by_state).toEqual({ done: 1, planned: 4 }));
  const startedAt = performance.now();
  const { run } = await core.ask('translate.pause', { project: id });
  expect(performance.now() - startedAt).toBeLessThan(10_000);
  expect(run).toMatchObject({ state: 'paused', waits_for: null, groups_by_state: { planned: 4 } });
  expect(run?.groups_by_state).not.toHaveProperty('unknown');
  expect(upstream.requests).toHaveLength(1);
  const { calls } = await core.ask('calls.list', {});
  expect(calls.map(({ code }) => code)).toEqual([null]);
});

test('a group that one key refuses while no other key has capacity is planned again, and waits', async () => {
  const tooMany = { error: { message: 'Rate limit reached', code: 'rate_limit_exceeded' } };
  const upstream = await lineUpstream((_, n) =>
    n === 1 ? { status: 429, headers: { 'retry-after': '3600' }, body: tooMany } : undefined,
  );
  const provider_limits = { openai_public: { requests_per_minute: 1 } };
  const settings = createSettings(memorySettings({ provider_limits }));
  const env = { COMFYVN_LLM_OPENAI_PUBLIC_API_KEY_2: 'run-key-B-m2Vx-bbb2' };
  const options = { group_lines: 1, concurrency: 1, limit_usd: 1 };
  const files = { 'a.txt': linesOf(3) };
  const { core, id, view } = await testProject(upstream.url, files, options, { settings, env });
  await core.ask('translate.run', { project: id });
  await vi.waitFor(
    async () => {
      expect(upstream.requests).toHaveLength(2);
      const { run } = await view();
      expect(run).toMatchObject({ state: 'running', groups_by_state: { done: 1, planned: 2 } });
      expect(run?.waits_for).toMatchObject({ limit: '1 requests a minute' });
    },
    { timeout: 20_000 },
  );
  const { run } = await core.ask('translate.pause', { project: id });
  expect(run).toMatchObject({ state: 'paused', groups_by_state: { done: 1, planned: 2 } });
});
