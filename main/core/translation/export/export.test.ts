import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder, testContext } from '../../__fixtures__/test-core.ts';
import { gameFolder, linesOf, testProject } from '../__fixtures__/game.ts';
import { lineUpstream, translated } from '../__fixtures__/line-upstream.ts';

test('an export never overwrites the game’s own files, however their folder is named', async () => {
  const upstream = await lineUpstream();
  const { core, id, game } = await testProject(upstream.url, { 'a.txt': linesOf(3) });
  await core.ask('translate.run', { project: id, wait: true });
  for (const to of [game, join(game, '.'), join(game, 'x', '..')]) {
    const error = await core.refusal('translate.export', { project: id, to });
    expect([error.code, error.message]).toEqual([
      'invalid_request',
      expect.stringContaining('never written over'),
    ]);
  }
  const error = await core.refusal('translate.export', { project: id, in_game: true });
  expect(error.message).toContain('never written over');
  expect(readFileSync(join(game, 'a.txt'), 'utf8')).toBe(linesOf(3));
});

test('an export does not overwrite foreign files, but replaces its own', async () => {
  const upstream = await lineUpstream();
  const { core, id } = await testProject(upstream.url, { 'a.txt': linesOf(3), 'b.txt': linesOf(2, 'Other') });
  const to = temporaryFolder();
  writeFileSync(join(to, 'b.txt'), 'mine');
  const error = await core.refusal('translate.export', { project: id, to });
  expect(error.message).toContain('b.txt');
  expect(readFileSync(join(to, 'b.txt'), 'utf8')).toBe('mine');
  const clean = temporaryFolder();
  await core.ask('translate.export', { project: id, to: clean });
  await core.ask('translate.run', { project: id, wait: true });
  const report = await core.ask('translate.export', { project: id, to: clean });
  expect(report.files.map(({ path, units }) => [path, units])).toEqual([
    ['a.txt', 3],
    ['b.txt', 2],
  ]);
  expect(readFileSync(join(clean, 'b.txt'), 'utf8').split('\n')[0]).toBe(
    translated('Other number 1 of the story.'),
  );
});

test('a file that changed since its import is not exported, as its lines may differ', async () => {
  const upstream = await lineUpstream();
  const { core, id, game } = await testProject(upstream.url, { 'a.txt': linesOf(3) });
  await core.ask('translate.run', { project: id, wait: true });
  writeFileSync(join(game, 'a.txt'), `A new first line.\n${linesOf(3)}`);
  const to = temporaryFolder();
  const error = await core.refusal('translate.export', { project: id, to });
  expect(error.message).toContain('a.txt has changed since the last import');
  await core.ask('translate.import', { project: id });
  const report = await core.ask('translate.export', { project: id, to });
  expect(report).toMatchObject({ written_units: 3, left_out: { untranslated: 0, stale: 1 } });
  expect(readFileSync(join(to, 'a.txt'), 'utf8').split('\n')[0]).toBe('A new first line.');
});

test('files of the same name in two folders stay separate', async () => {
  const upstream = await lineUpstream();
  const files = { 'one/a.txt': linesOf(1, 'First'), 'two/a.txt': linesOf(1, 'Second') };
  const { core, id } = await testProject(upstream.url, files);
  await core.ask('translate.run', { project: id, wait: true });
  const to = temporaryFolder();
  await core.ask('translate.export', { project: id, to });
  expect(readFileSync(join(to, 'one/a.txt'), 'utf8')).toContain('First');
  expect(readFileSync(join(to, 'two/a.txt'), 'utf8')).toContain('Second');
});

test('over HTTP, callers can only name folders inside the allowed ones', async () => {
  const upstream = await lineUpstream();
  const roots = temporaryFolder();
  const env = { COMFYVN_LLM_PROJECT_ROOTS: roots };
  const { core, id } = await testProject(upstream.url, { 'a.txt': linesOf(1) }, {}, { env });
  const http = (name: 'translate.export' | 'translate.create' | 'translate.open', input: object) =>
    core.core.dispatcher.dispatch(name, input, testContext({ door: 'http' }));
  const outside = temporaryFolder();
  mkdirSync(join(roots, 'in'));
  for (const to of [outside, join(roots, '..', 'x'), `${roots}-beside`, 'relative'])
    expect(await http('translate.export', { project: id, to }), to).toMatchObject({
      ok: false,
      error: { code: 'invalid_request', details: { variable: 'COMFYVN_LLM_PROJECT_ROOTS' } },
    });
  expect(await http('translate.open', { folder: outside })).toMatchObject({ ok: false });
  const create = { game: gameFolder({ 'a.txt': 'x' }, outside), target_language: 'ja' };
  expect(await http('translate.create', create)).toMatchObject({ ok: false });
  expect(await http('translate.export', { project: id, to: join(roots, 'in') })).toMatchObject({ ok: true });
});
