import { expect, test } from 'vitest';
import { testProject } from '../__fixtures__/game.ts';
import { lineUpstream } from '../__fixtures__/line-upstream.ts';

const script =
  'label start:\n    "Press {b}start{/b} now, my friend."\n    "It is [player] who speaks here."\n';

test('a retry tells what was wrong, and keeps a new text only where it has fewer problems', async () => {
  let say = (text: string) => `訳 ${text.replaceAll(/\{\/?b\}|\[player\]/g, '')}`;
  const upstream = await lineUpstream(undefined, (text) => say(text));
  const { core, id } = await testProject(upstream.url, { 'game/script.rpy': script });
  await core.ask('translate.run', { project: id, wait: true });
  const flagged = async () =>
    (await core.ask('translate.units', { project: id })).units.map(({ target, state }) => [target, state]);
  expect(await flagged()).toEqual([
    ['訳 Press start now, my friend.', 'flagged'],
    ['訳 It is  who speaks here.', 'flagged'],
  ]);
  say = (text) => (text.includes('[player]') ? `${text}` : `訳 ${text}`);
  const { run } = await core.ask('translate.retry', { project: id, wait: true });
  expect(run).toMatchObject({ kind: 'retry', state: 'done', units: 2 });
  expect(upstream.requests.at(-1)?.body.toString('utf8')).toContain('missing: {b} {/b}');
  expect(await flagged()).toEqual([
    ['訳 Press {b}start{/b} now, my friend.', 'draft'],
    // As many errors as before: it stays.
    ['訳 It is  who speaks here.', 'flagged'],
  ]);
});
