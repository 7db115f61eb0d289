import { expect, test } from 'vitest';
import { testProject } from '../__fixtures__/game.ts';
import { askedLines, lineUpstream, reply, replyText, translated } from '../__fixtures__/line-upstream.ts';

const script = [
  'define m = Character("Mira")',
  'label start:',
  ...Array.from({ length: 30 }, (_, i) => `    m "Line {i}number{/i} ${i + 1} of Mira."`),
  '    "Rain."',
  '    "Rain."',
].join('\n');

test('an index gives the positions of a filter’s units, and units can be read from any of them', async () => {
  const upstream = await lineUpstream();
  const { core, id } = await testProject(upstream.url, {
    'game/a.rpy': script,
    'game/b.rpy': 'label b:\n    "End."\n',
  });
  const all = await core.ask('translate.index', { project: id });
  expect(all.total).toBe(33);
  // Ordinals are consecutive within a file, but there is room between files.
  expect(all.ranges).toEqual([1, 32, 53, 1]);
  expect(await core.ask('translate.index', { project: id, speaker: '' })).toEqual({
    total: 3,
    ranges: [31, 2, 53, 1],
  });
  expect(await core.ask('translate.index', { project: id, text: 'number{/i} 1 ' })).toEqual({
    total: 1,
    ranges: [1, 1],
  });
  const { units } = await core.ask('translate.units', { project: id, speaker: 'Mira', after: 9, limit: 2 });
  expect(units.map(({ ordinal, speaker }) => [ordinal, speaker])).toEqual([
    [10, 'Mira'],
    [11, 'Mira'],
  ]);
});

test('facets count files, speakers and problems', async () => {
  const upstream = await lineUpstream(
    () => undefined,
    (text) => translated(text.replace('{i}', '')),
  );
  const { core, id } = await testProject(upstream.url, { 'game/a.rpy': script });
  await core.ask('translate.run', { project: id, wait: true });
  const facets = await core.ask('translate.facets', { project: id });
  expect(facets.files).toMatchObject([
    { path: 'game/a.rpy', format: 'renpy', units: 32, flagged: 30, repeats: 1 },
  ]);
  expect(facets.speakers).toEqual([
    { speaker: 'Mira', units: 30 },
    { speaker: null, units: 2 },
  ]);
  expect(facets.problems).toContainEqual({ code: 'code', units: 30 });
  const [unit] = (await core.ask('translate.units', { project: id, limit: 1 })).units;
  expect(unit?.problems[0]?.words).toEqual({ source: ['{i}'], target: [] });
});

test('a unit’s request is rebuilt as the same bytes that were sent', async () => {
  const upstream = await lineUpstream();
  const { core, id } = await testProject(upstream.url, { 'game/a.rpy': script });
  const planned = await core.ask('translate.request', { project: id, position: 0 });
  expect(planned).toMatchObject({ group: null, units: 32 - 1 });
  await core.ask('translate.run', { project: id, wait: true });
  const { units } = await core.ask('translate.units', { project: id, text: 'Rain' });
  // The second unit is a repeat: its translation came from the request of the first.
  const { groups } = await core.ask('translate.unit', { project: id, id: units[1]?.id });
  expect(groups).toHaveLength(1);
  const request = await core.ask('translate.request', { project: id, group: groups[0]?.id });
  expect(request.identical).toBe(true);
  expect(JSON.parse(upstream.requests[0]?.body.toString() ?? '')).toEqual(request.answer.plan.body);
  expect(request.cost_per_unit).toBeGreaterThan(0);
});

test('earlier versions of a translation are stored', async () => {
  const upstream = await lineUpstream();
  const { core, id } = await testProject(upstream.url, { 'game/a.rpy': script });
  await core.ask('translate.run', { project: id, wait: true });
  const [unit] = (await core.ask('translate.units', { project: id, limit: 1 })).units;
  const byModel = unit?.target ?? '';
  await core.ask('translate.update', { project: id, id: unit?.id, target: '一行目 {i}番{/i}' });
  core.clock.advance(1000);
  await core.ask('translate.update', { project: id, id: unit?.id, state: 'new' });
  const { earlier } = await core.ask('translate.unit', { project: id, id: unit?.id });
  expect(earlier.map(({ target, state, origin }) => [target, state, origin])).toEqual([
    ['一行目 {i}番{/i}', 'reviewed', 'person'],
    [byModel, 'draft', 'model'],
  ]);
});

test('replacing shows a preview, checks each new text and skips locked ones', async () => {
  const upstream = await lineUpstream();
  const { core, id } = await testProject(upstream.url, { 'game/a.rpy': script });
  await core.ask('translate.run', { project: id, wait: true });
  const { units } = await core.ask('translate.units', { project: id, limit: 3 });
  await core.ask('translate.update', { project: id, id: units[0]?.id, state: 'locked' });
  await core.ask('translate.update', { project: id, id: units[1]?.id, state: 'reviewed' });
  const order = { project: id, find: '{I}NUMBER', replace: '$&番' };
  const preview = await core.ask('translate.replace', { ...order, preview: true });
  expect(preview.units).toBe(29);
  expect(preview.examples[0]?.after).toContain('$&番');
  expect((await core.ask('translate.index', { project: id, text: '番' })).total).toBe(0);
  expect((await core.ask('translate.replace', { ...order, match_case: true })).units).toBe(0);
  await core.ask('translate.replace', order);
  const after = (await core.ask('translate.units', { project: id, limit: 3 })).units;
  expect(after.map(({ state }) => state)).toEqual(['locked', 'reviewed', 'flagged']);
  expect(after[0]?.target).toBe(units[0]?.target);
  expect(after[2]?.problems.map(({ code }) => code)).toContain('code');
});

test('a plan estimates the duration of a run once requests have been answered', async () => {
  const upstream = await lineUpstream((lines, n) =>
    n === 0 ? reply(replyText(lines.slice(0, 5))) : undefined,
  );
  const { core, id } = await testProject(upstream.url, { 'game/a.rpy': script });
  expect((await core.ask('translate.plan', { project: id })).seconds).toBeNull();
  await core.ask('translate.run', { project: id, wait: true });
  expect(upstream.requests.length).toBeGreaterThan(1);
  expect(askedLines(upstream.requests[0]!).length).toBe(31);
  expect((await core.ask('translate.plan', { project: id })).seconds).toBeGreaterThanOrEqual(0);
  expect((await core.ask('translate.runs', { project: id })).runs).toMatchObject([
    { kind: 'translate', state: 'done' },
  ]);
});
