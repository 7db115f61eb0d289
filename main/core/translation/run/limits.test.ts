import { expect, test } from 'vitest';
import { linesOf, testProject } from '../__fixtures__/game.ts';
import { askedLines, lineUpstream, reply, translated } from '../__fixtures__/line-upstream.ts';

const files = { 'a.txt': linesOf(200) };

test('an exhausted daily budget pauses the run without failing a line, and the next day it continues', async () => {
  const upstream = await lineUpstream();
  const env = { COMFYVN_LLM_DAILY_BUDGET_USD: '0.003' };
  const { core, id, view } = await testProject(upstream.url, files, { concurrency: 1 }, { env });
  const { run } = await core.ask('translate.run', { project: id, wait: true });
  expect(run).toMatchObject({ state: 'waiting', code: 'budget_exceeded' });
  const sent = upstream.requests.length;
  expect(sent).toBeGreaterThan(0);
  expect((await view()).units.by_state).toEqual({ draft: sent * 40, new: 200 - sent * 40 });
  core.clock.advance(24 * 3600 * 1000);
  await core.ask('translate.run', { project: id, wait: true });
  expect(upstream.requests.length).toBeGreaterThan(sent);
});

test('a project has its own limit, which all its runs share', async () => {
  const upstream = await lineUpstream();
  const { core, id, view } = await testProject(upstream.url, files, { concurrency: 4, limit_usd: 0.003 });
  for (let n = 0; n < 3; n++) {
    const { run } = await core.ask('translate.run', { project: id, wait: true });
    expect(run).toMatchObject({ state: 'waiting', code: 'budget_exceeded' });
  }
  const { spent_usd, units } = await view();
  expect(spent_usd).toBeGreaterThan(0);
  expect(spent_usd).toBeLessThanOrEqual(0.003);
  expect(units.by_state['flagged']).toBeUndefined();
});

test('a run stops before it exceeds its own limit', async () => {
  const upstream = await lineUpstream();
  const { core, id } = await testProject(upstream.url, files);
  const { run } = await core.ask('translate.run', { project: id, wait: true, max_usd: 0.003 });
  expect(run).toMatchObject({ state: 'waiting', code: 'budget_exceeded', max_usd: 0.003 });
  expect(run.spent_usd).toBeLessThanOrEqual(0.003);
});

test('a connector that is off pauses the run before anything is sent', async () => {
  const upstream = await lineUpstream();
  const off = { files: { 'config/comfyvn.json': { features: {} } } };
  const { core, id, view } = await testProject(upstream.url, files, {}, off);
  const { run } = await core.ask('translate.run', { project: id, wait: true });
  expect(run).toMatchObject({ state: 'waiting', code: 'feature_disabled' });
  expect(upstream.requests).toHaveLength(0);
  expect((await view()).units.by_state).toEqual({ new: 200 });
});

test('an interrupted request is unknown, counts at its upper bound, and is sent again only on request', async () => {
  const upstream = await lineUpstream((_, n) => (n === 1 ? { fault: 'reset' } : undefined));
  const { core, id, view } = await testProject(upstream.url, files, { concurrency: 1 });
  const { run } = await core.ask('translate.run', { project: id, wait: true });
  expect(run).toMatchObject({ state: 'done', groups_by_state: { done: 4, unknown: 1 } });
  expect(await view()).toMatchObject({
    unknown_groups: 1,
    units: { held: 40, by_state: { draft: 160, new: 40 } },
  });
  await core.ask('translate.run', { project: id, wait: true });
  expect(upstream.requests).toHaveLength(5);
  const { groups } = await core.ask('translate.groups', { project: id, state: 'unknown' });
  expect(groups[0]?.cost_usd).toBeGreaterThan(0.001);
  await core.ask('translate.run', { project: id, wait: true, retry_unknown: true });
  expect(upstream.requests).toHaveLength(6);
  expect(await view()).toMatchObject({ unknown_groups: 0, units: { held: 0, by_state: { draft: 200 } } });
});

test('lines of a refused group stay untranslated, and the other groups are translated', async () => {
  const refused = { status: 400, body: { error: { message: 'no such thing', code: 'bad' } } };
  const upstream = await lineUpstream((lines) =>
    lines.some(({ text }) => text.includes('number 50 ')) ? refused : undefined,
  );
  const { core, id, view } = await testProject(upstream.url, files);
  const { run } = await core.ask('translate.run', { project: id, wait: true });
  expect(run).toMatchObject({
    state: 'done',
    code: 'failed_groups',
    groups_by_state: { done: 4, failed: 1 },
  });
  expect(run.reason).toContain('no such thing');
  expect((await view()).units.by_state).toEqual({ draft: 160, new: 40 });
});

test('a paused run completes requests in progress, and sends the others when it is resumed', async () => {
  const pausing: { begin?: () => void; ended?: Promise<unknown> } = {};
  const upstream = await lineUpstream((_, n) => {
    if (n === 1) pausing.begin?.();
    return undefined;
  });
  const { core, id, view } = await testProject(upstream.url, files, { concurrency: 1 });
  pausing.begin = () => void (pausing.ended = core.ask('translate.pause', { project: id }));
  const { run } = await core.ask('translate.run', { project: id, wait: true });
  await pausing.ended;
  expect(run.state).toBe('paused');
  expect(upstream.requests).toHaveLength(2);
  expect((await view()).units.by_state).toEqual({ draft: 80, new: 120 });
  expect((await core.ask('translate.run', { project: id, wait: true })).run.state).toBe('done');
  expect(upstream.requests).toHaveLength(5);
});

test('during a run, another run or an import is refused', async () => {
  let check: (() => Promise<unknown>) | undefined;
  const checked = new Promise<void>((resolve) => {
    check = async () => {
      const refusals = await Promise.all([
        core.refusal('translate.run', { project: id }),
        core.refusal('translate.import', { project: id }),
      ]);
      for (const { code, message } of refusals)
        expect([code, message]).toEqual(['invalid_request', expect.stringContaining('under way')]);
      resolve();
    };
  });
  const upstream = await lineUpstream((lines, n) => {
    if (n > 0) return undefined;
    void check?.();
    const text = JSON.stringify({ lines: lines.map(({ id: line, text }) => `${line}|${translated(text)}`) });
    const { body } = reply(text) as { body: unknown };
    return { headers: { 'content-type': 'application/json' }, chunks: [checked, JSON.stringify(body)] };
  });
  const { core, id } = await testProject(upstream.url, files);
  expect((await core.ask('translate.run', { project: id, wait: true })).run.state).toBe('done');
});

test('an offline run costs nothing, does not write to the memory, and is replaced by a real run', async () => {
  const upstream = await lineUpstream();
  const { core, id, view } = await testProject(upstream.url, { 'a.txt': linesOf(10) });
  const { run } = await core.ask('translate.run', { project: id, wait: true, mock: true });
  expect(run).toMatchObject({ state: 'done', spent_usd: 0 });
  const { units } = await core.ask('translate.units', { project: id });
  for (const { source, target, state } of units) expect([target, state]).toEqual([`~${source}~`, 'draft']);
  const { suggestions } = await core.ask('translate.suggestions', { project: id, id: units[0]?.id ?? '' });
  expect(suggestions).toEqual([]);
  expect((await core.ask('translate.approve', { project: id })).approved).toBe(0);
  await core.ask('translate.run', { project: id, wait: true });
  expect(upstream.requests.flatMap(askedLines)).toHaveLength(10);
  expect((await view()).units.by_state).toEqual({ draft: 10 });
});

test('a cancelled run sends nothing more; an interrupted request may be billed, and is unknown', async () => {
  let markStarted = () => {};
  const started = new Promise<void>((resolve) => (markStarted = resolve));
  const upstream = await lineUpstream((_, n) => {
    if (n < 1) return undefined;
    markStarted();
    return { fault: 'hang' };
  });
  const { core, id, view } = await testProject(upstream.url, files, { concurrency: 1 });
  const ended = core.ask('translate.run', { project: id, wait: true });
  await started;
  await core.ask('translate.cancel', { project: id, give_up: true });
  const { run } = await ended;
  expect(run).toMatchObject({ state: 'cancelled', groups_by_state: { done: 1, unknown: 1 } });
  expect(upstream.requests).toHaveLength(2);
  expect(await view()).toMatchObject({
    unknown_groups: 1,
    units: { held: 40, by_state: { draft: 40, new: 160 } },
  });
});
