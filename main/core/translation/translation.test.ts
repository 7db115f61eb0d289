import { readFileSync, writeFileSync } from 'node:fs';
import { hash } from 'node:crypto';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { linesOf, testProject } from './__fixtures__/game.ts';
import { lineUpstream, translated } from './__fixtures__/line-upstream.ts';

test('a game is imported, planned, translated with the planned bytes, and exported', async () => {
  const upstream = await lineUpstream();
  const { core, id, game, folder, view } = await testProject(upstream.url, { 'a.txt': linesOf(100) });
  const plan = await core.ask('translate.plan', { project: id, show_groups: 10 });
  expect([plan.groups, plan.units, plan.seconds]).toEqual([3, 100, null]);
  expect(upstream.requests).toHaveLength(0);
  const { run } = await core.ask('translate.run', { project: id, wait: true });
  expect(run).toMatchObject({ state: 'done', groups: 3, units: 100, groups_by_state: { done: 3 } });
  const sent = upstream.requests.map(({ body }) => hash('sha256', body, 'hex')).sort();
  expect(sent).toEqual(plan.first_groups.map(({ sha256 }) => sha256).sort());
  expect((await view()).units.by_state).toEqual({ draft: 100 });
  const report = await core.ask('translate.export', { project: id });
  expect(report).toMatchObject({ written_units: 100, problems: [] });
  const source = readFileSync(join(game, 'a.txt'), 'utf8').split('\n').filter(Boolean);
  const written = readFileSync(join(folder, 'output', 'a.txt'), 'utf8')
    .split('\n')
    .filter(Boolean);
  expect(written).toEqual(source.map(translated));
});

test('after an update of the game, only new lines are sent, and translations stay with their texts', async () => {
  const upstream = await lineUpstream();
  const { core, id, game } = await testProject(upstream.url, { 'a.txt': linesOf(30) });
  await core.ask('translate.run', { project: id, wait: true });
  const lines = readFileSync(join(game, 'a.txt'), 'utf8').split('\n');
  writeFileSync(
    join(game, 'a.txt'),
    ['A new beginning.', ...lines.slice(0, 10), 'Another line.', ...lines.slice(11)].join('\n'),
  );
  const report = await core.ask('translate.import', { project: id });
  expect(report).toMatchObject({ units: 31, new: 1, gone: 0 });
  const plan = await core.ask('translate.plan', { project: id });
  expect(plan.units).toBe(2);
  // The test's clock does not advance, so the measured requests took no time.
  expect(plan.seconds).toBe(0);
  const { run } = await core.ask('translate.run', { project: id, wait: true });
  expect(run.units).toBe(2);
  const { units } = await core.ask('translate.units', { project: id });
  for (const { source, target } of units) expect(target).toBe(translated(source));
});
