import { expect, test } from 'vitest';
import { chatOptions } from '../../__fixtures__/chat-core.ts';
import { chatCore } from '../../__fixtures__/chat-core.ts';
import { testProject } from '../__fixtures__/game.ts';
import { askedLines, lineUpstream, translated } from '../__fixtures__/line-upstream.ts';

const to = { target: 'ja', source_lang: 'en', provider: 'openai_public', model: 'gpt-4o-mini' };

test('a batch is answered from the translation memory, and only missing lines are translated', async () => {
  const upstream = await lineUpstream();
  const core = chatCore(upstream.url);
  const items = [{ key: 'menu.start', source: 'Start the game now', meta: { asset: 'menu' } }, 'Go home now'];
  const planned = await core.ask('translate.batch', { ...to, items, dry_run: true });
  expect(planned).toMatchObject({
    dry_run: true,
    plan: { requests: 1 },
    items: [{ target: null }, { target: null }],
  });
  expect(upstream.requests).toHaveLength(0);
  const first = await core.ask('translate.batch', { ...to, items });
  expect(first.items.map(({ key, target, status, origin }) => [key, target, status, origin])).toEqual([
    ['menu.start', translated('Start the game now'), 'pending', 'provider:openai_public'],
    ['Go home now', translated('Go home now'), 'pending', 'provider:openai_public'],
  ]);
  expect(first.items[0]?.meta).toMatchObject({ asset: 'menu', provider: 'openai_public' });
  const second = await core.ask('translate.batch', { ...to, items: [...items, 'Wait for me'] });
  expect(second.debug).toMatchObject({ requested: 3, cache_hits: 2, stubbed: 1 });
  expect(upstream.requests.flatMap(askedLines).map(({ text }) => text)).toEqual([
    'Start the game now',
    'Go home now',
    'Wait for me',
  ]);
});

test('the review lists open entries, an approved entry is exported, and a later batch returns it', async () => {
  const upstream = await lineUpstream();
  const core = chatCore(upstream.url);
  await core.ask('translate.batch', { ...to, strings: ['Good "morning"', 'Good night to you'] });
  const { items, counts } = await core.ask('translate.review', { lang: 'JA' });
  expect([items.length, counts.pending]).toEqual([2, 2]);
  expect((await core.ask('translate.exportJson', { lang: 'ja' })).entries).toEqual([]);
  const { entry } = await core.ask('translate.reviewEntry', {
    key: 'Good "morning"',
    lang: 'ja',
    translation: '「おはよう」',
    reviewer: 'Rin',
  });
  expect(entry).toMatchObject({
    reviewed: true,
    target: '「おはよう」',
    reviewed_by: 'Rin',
    version: 2,
    origin: 'review',
  });
  const { entries } = await core.ask('translate.exportJson', { lang: 'ja' });
  expect(entries).toMatchObject([{ key: 'Good "morning"', target: '「おはよう」' }]);
  const { text, file } = await core.ask('translate.exportPo', { lang: 'ja' });
  expect(file).toBe('translations_ja.po');
  expect(text).toContain('msgctxt "ja"\nmsgid "Good \\"morning\\""\nmsgstr "「おはよう」"');
  const again = await core.ask('translate.batch', { ...to, strings: ['Good "morning"'] });
  expect(again.items).toMatchObject([{ target: '「おはよう」', reviewed: true, status: 'cached' }]);
  const missing = await core.refusal('translate.reviewEntry', { key: 'nothing', lang: 'ja' });
  expect(missing.code).toBe('not_found');
});

test('a project’s translations are in the memory, and a review of an entry also reviews its line', async () => {
  const upstream = await lineUpstream();
  const { core, id } = await testProject(upstream.url, { 'a.txt': 'The story begins here.\n' });
  await core.ask('translate.run', { project: id, wait: true });
  const { items } = await core.ask('translate.review', { lang: 'ja' });
  expect(items).toMatchObject([{ key: 'The story begins here.', status: 'pending' }]);
  await core.ask('translate.reviewEntry', { id: items[0]?.id, translation: '物語はここから。' });
  const { units } = await core.ask('translate.units', { project: id });
  expect(units).toMatchObject([{ target: '物語はここから。', state: 'reviewed' }]);
  const sent = upstream.requests.length;
  const { items: known } = await core.ask('translate.batch', { ...to, strings: ['The story begins here.'] });
  expect(known).toMatchObject([{ target: '物語はここから。' }]);
  expect(upstream.requests).toHaveLength(sent);
});

test('offline replies are not saved to the memory, and a failed call returns no text', async () => {
  const upstream = await lineUpstream(() => ({ status: 401, body: { error: { message: 'no' } } }));
  const core = chatCore(upstream.url, chatOptions(upstream.url));
  const offline = await core.ask('translate.batch', {
    strings: ['Hello there'],
    target: 'ja',
    provider: 'stub',
  });
  expect(offline.items).toMatchObject([{ target: '~Hello there~' }]);
  expect((await core.ask('translate.review', { status: 'all' })).items).toEqual([]);
  expect((await core.refusal('translate.batch', { ...to, strings: ['Hello there'] })).code).toBe(
    'provider_unauthorized',
  );
  expect((await core.ask('translate.review', { status: 'all' })).items).toEqual([]);
});
