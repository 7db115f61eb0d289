import { expect, test } from 'vitest';
import { renpy } from '../../../formats/renpy/format.ts';
import { temporaryFolder } from '../../__fixtures__/test-core.ts';
import { linesOf, gameFolder, testProject } from '../../translation/__fixtures__/game.ts';
import { lineUpstream, translated } from '../../translation/__fixtures__/line-upstream.ts';
import { readGameSet, renpySets } from './renpy-sets.ts';

test('the lines of a project that a person has accepted become a set, and a model’s drafts do not', async () => {
  const upstream = await lineUpstream();
  const { core, id } = await testProject(upstream.url, { 'a.txt': linesOf(5) });
  await core.ask('translate.run', { project: id, wait: true });
  const refusal = await core.refusal('trials.fromProject', { project: id, name: 'mine' });
  expect(refusal.message).toContain('no reviewed translation');
  const { units } = await core.ask('translate.units', { project: id });
  for (const unit of units.slice(0, 2))
    await core.ask('translate.update', { project: id, id: unit.id, state: 'reviewed' });
  const { set } = await core.ask('trials.fromProject', { project: id, name: 'mine', title: 'My game' });
  expect(set).toMatchObject({ name: 'mine', title: 'My game', units: 2, references: 2, source: 'own' });
  const plan = await core.ask('trials.plan', {
    set: 'mine',
    contestants: [{ provider: 'stub', model: 'stub' }],
  });
  expect(plan.requests).toBe(2);
  expect(translated(units[0]?.source ?? '')).toBe(units[0]?.target);
});

test('a Ren’Py game that people have translated becomes a set, read from its folder', () => {
  const script = [
    'define m = Character("Mai")',
    'label start:',
    '    m "Good morning."',
    '    m "Not translated."',
    '    return',
    '',
  ].join('\n');
  // Ren'Py finds a translation by an identifier derived from the line.
  const [unit] = renpy
    .read(Buffer.from(script), 'game/script.rpy')
    .units.filter(({ source }) => source === 'Good morning.');
  const games = gameFolder({
    'the_question/game/script.rpy': script,
    'the_question/game/tl/None/common.rpym': '',
    'the_question/game/tl/japanese/script.rpy': `translate japanese ${unit?.key}:\n\n    m "おはよう。"\n`,
  });
  const sets = renpySets(games);
  expect(sets.map(({ header }) => [header.name, header.target_language])).toEqual([
    ['renpy-the-question-japanese', 'Japanese'],
  ]);
  expect(sets.map(readGameSet).flatMap((set) => set.units)).toMatchObject([
    {
      scene: 'start',
      variables: { source_text: 'Good morning.', target_language: 'Japanese', speaker: 'Mai' },
      references: ['おはよう。'],
    },
  ]);
});

test('a machine without the games has no such sets', () => {
  expect(renpySets(temporaryFolder())).toEqual([]);
});
