import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { linesOf, testProject } from '../__fixtures__/game.ts';
import { lineUpstream } from '../__fixtures__/line-upstream.ts';

const script =
  'label start:\n    "Press {b}start{/b} now, my friend."\n    "It is [player] who speaks here."\n';

test('a retry names the problems, and replaces a text only by one with fewer problems', async () => {
  let answer = (text: string) => `訳 ${text.replaceAll(/\{\/?b\}|\[player\]/g, '')}`;
  const upstream = await lineUpstream(undefined, (text) => answer(text));
  const { core, id } = await testProject(upstream.url, { 'game/script.rpy': script });
  await core.ask('translate.run', { project: id, wait: true });
  const flagged = async () =>
    (await core.ask('translate.units', { project: id })).units.map(({ target, state }) => [target, state]);
  expect(await flagged()).toEqual([
    ['訳 Press start now, my friend.', 'flagged'],
    ['訳 It is  who speaks here.', 'flagged'],
  ]);
  answer = (text) => (text.includes('[player]') ? `${text}` : `訳 ${text}`);
  const { run } = await core.ask('translate.retry', { project: id, wait: true });
  expect(run).toMatchObject({ kind: 'retry', state: 'done', units: 2 });
  expect(upstream.requests.at(-1)?.body.toString('utf8')).toContain('missing: {b} {/b}');
  expect(await flagged()).toEqual([
    ['訳 Press {b}start{/b} now, my friend.', 'draft'],
    // The new text has as many errors as the old one, which stays.
    ['訳 It is  who speaks here.', 'flagged'],
  ]);
});

test('with the latest context, a request includes translations finished since the plan, and its hash changes', async () => {
  const upstream = await lineUpstream();
  const files = { 'a.txt': linesOf(80) };
  const { core, id } = await testProject(upstream.url, files, { concurrency: 1, context: 'latest' });
  await core.ask('translate.run', { project: id, wait: true });
  const second = upstream.requests[1]?.body ?? Buffer.alloc(0);
  expect(second.toString('utf8')).toContain(
    'Line number 40 of the story. => 訳 Line number 40 of the story.',
  );
  const { groups } = await core.ask('translate.groups', { project: id });
  expect(groups.map(({ sha256 }) => sha256)).toContain(hash('sha256', second, 'hex'));
});

test('a request contains only the glossary terms that occur in its lines', async () => {
  const upstream = await lineUpstream();
  const { core, id } = await testProject(upstream.url, { 'game/script.rpy': script });
  await core.ask('translate.saveGlossary', {
    project: id,
    entries: [
      { term: 'friend', translation: '友達', note: 'never 友人' },
      { term: 'dragon', translation: '竜' },
    ],
  });
  await core.ask('translate.run', { project: id, wait: true });
  const body = upstream.requests[0]?.body.toString('utf8') ?? '';
  expect(body).toContain('friend = 友達 (never 友人)');
  expect(body).not.toContain('dragon');
  const { units } = await core.ask('translate.units', { project: id, problem: 'glossary' });
  expect(units).toHaveLength(1);
});
