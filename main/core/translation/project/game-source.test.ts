import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { chatCore } from '../../__fixtures__/chat-core.ts';
import { gameFolder } from '../__fixtures__/game.ts';
import { uploadPath } from './uploads.ts';

const language = { target_language: 'Japanese', source_language: 'English' };
const offline = () => chatCore('http://127.0.0.1:9');

test('the sample becomes a project that is translated offline and exported', async () => {
  const core = offline();
  const { project } = await core.ask('translate.create', { sample: true, provider: 'stub', ...language });
  const report = await core.ask('translate.import', { project: project.id });
  expect(report.files).toBe(2);
  expect(report.units).toBeGreaterThan(20);
  const plan = await core.ask('translate.plan', { project: project.id });
  expect(plan.cost).toEqual({ min: 0, expected: 0, max: 0 });
  const { run } = await core.ask('translate.run', { project: project.id, wait: true });
  expect(run).toMatchObject({ state: 'done', spent_usd: 0 });
  const out = await core.ask('translate.export', { project: project.id });
  expect(out.problems).toEqual([]);
  expect(out.files.map(({ path }) => path)).toContain('game/tl/japanese/script.rpy');
});

test('dropped files are read in place, and no other files', async () => {
  const core = offline();
  const folder = gameFolder({ 'a.txt': 'One.\n', 'b.txt': 'Two.\n', 'c.txt': 'Three.\n' });
  const paths = [join(folder, 'a.txt'), join(folder, 'c.txt')];
  const { project } = await core.ask('translate.create', { paths, ...language });
  const report = await core.ask('translate.import', { project: project.id });
  expect(report.read.map(({ path }) => path)).toEqual(['a.txt', 'c.txt']);
  const one = await core.ask('translate.create', { paths: [folder], ...language });
  expect(one.project.game).toBe(folder);
});

test('a game with a project.json of Ren’Py’s launcher becomes a project, and that file does not change', async () => {
  const core = offline();
  const launcher = '{"display_name": "A game", "build_update": false}';
  const folder = gameFolder({ 'game/script.rpy': 'label start:\n    "One."\n', 'project.json': launcher });
  const { project } = await core.ask('translate.create', { game: folder, ...language });
  const report = await core.ask('translate.import', { project: project.id });
  expect(report.read.map(({ path }) => path)).toEqual(['game/script.rpy']);
  const insideGame = await core.refusal('translate.create', { game: folder, folder, ...language });
  expect(insideGame.message).toContain('project.json of another program');
  expect(readFileSync(join(folder, 'project.json'), 'utf8')).toBe(launcher);
});

test('several folders, a missing path, and none or two sources are refused with the reason', async () => {
  const core = offline();
  const [one, other] = [gameFolder({ 'a.txt': 'x\n' }), gameFolder({ 'b.txt': 'y\n' })];
  const refused = async (input: object) =>
    (await core.refusal('translate.create', { ...language, ...input })).message;
  expect(await refused({ paths: [one, other] })).toContain('one folder at a time');
  expect(await refused({ paths: [join(one, 'a.txt'), join(other, 'b.txt')] })).toContain(
    'not in the same folder',
  );
  expect(await refused({ paths: [join(one, 'none.txt')] })).toContain('is not there');
  expect(await refused({})).toContain('exactly one of');
  expect(await refused({ text: 'x', sample: true })).toContain('exactly one of');
  expect(await refused({ upload: '0'.repeat(32) })).toContain('no such upload');
  expect((await core.ask('translate.list')).projects).toEqual([]);
});

test('a project’s copy of its game never replaces existing files', async () => {
  const core = offline();
  const folder = gameFolder({ 'game/script.rpy': 'mine' });
  for (const source of [{ sample: true }, { text: 'One.\n' }]) {
    const refusal = await core.refusal('translate.create', { ...source, folder, ...language });
    expect(refusal).toMatchObject({ code: 'invalid_request', message: expect.stringContaining('already') });
  }
  expect(readFileSync(join(folder, 'game', 'script.rpy'), 'utf8')).toBe('mine');
  expect(existsSync(join(folder, 'game', 'text.txt'))).toBe(false);
});

test('pasted text becomes a project', async () => {
  const core = offline();
  const { project } = await core.ask('translate.create', {
    text: 'The rain fell.\nShe waited.\n',
    ...language,
  });
  expect(project.name).toBe('The rain fell.');
  expect((await core.ask('translate.import', { project: project.id })).units).toBe(2);
});

test('an upload becomes the project’s own game; an incomplete file is left out', async () => {
  const core = offline();
  const { uploads } = await core.core.translation();
  const id = uploads.begin();
  await uploads.add(
    id,
    'game/script.rpy',
    Readable.from([Buffer.from('label start:\n    "Hel'), Buffer.from('lo."\n')]),
  );
  const broken = new Readable({ read() {} });
  broken.push(Buffer.from('half'));
  const failed = uploads.add(id, 'game/other.rpy', broken);
  broken.destroy(new Error('gone'));
  await expect(failed).rejects.toThrow('could not be stored');
  const { project } = await core.ask('translate.create', { upload: id, name: 'Mine', ...language });
  expect(readFileSync(join(project.game, 'game', 'script.rpy'), 'utf8')).toContain('"Hello."');
  const report = await core.ask('translate.import', { project: project.id });
  expect(report.read.map(({ path }) => path)).toEqual(['game/script.rpy']);
  expect((await core.refusal('translate.create', { upload: id, ...language })).message).toContain(
    'no such upload',
  );
});

test('the path of an upload stays inside its folder on every system', () => {
  expect(uploadPath('game\\tl\\ja/script.rpy')).toBe('game/tl/ja/script.rpy');
  for (const path of [
    '',
    '/etc/passwd',
    '../x',
    'a/../../x',
    'a//b',
    'C:/x',
    'a/nul',
    'a/con.txt',
    'a/b.',
    'a/b ',
    'a\0b',
    `${'x/'.repeat(40)}y`,
  ])
    expect(() => uploadPath(path), path).toThrow('no path inside a folder');
});

test('unused uploads are deleted after a day', async () => {
  const core = offline();
  const { uploads } = await core.core.translation();
  const old = join(core.root, 'data', 'translation', 'uploads', 'a'.repeat(32));
  mkdirSync(old, { recursive: true });
  writeFileSync(join(old, 'x'), 'x');
  uploads.begin();
  core.clock.set('2030-01-01');
  uploads.begin();
  expect((await core.refusal('translate.create', { upload: 'a'.repeat(32), ...language })).code).toBe(
    'not_found',
  );
});

test('a removed project’s folder can be opened again, and only a folder that the panel chose is deleted', async () => {
  const core = offline();
  const { project } = await core.ask('translate.create', { text: 'The rain fell.\n', ...language });
  await core.ask('translate.import', { project: project.id });
  await core.ask('translate.run', { project: project.id, mock: true, wait: true });
  expect(await core.ask('translate.remove', { project: project.id })).toEqual({
    folder: project.folder,
    deleted: false,
  });
  expect((await core.refusal('translate.units', { project: project.id })).code).toBe('not_found');
  const again = await core.ask('translate.create', { paths: [project.folder], ...language });
  expect([again.project.id, again.project.units.total]).toEqual([project.id, 0]);
  const elsewhere = gameFolder({ 'a.txt': 'x\n' });
  const own = await core.ask('translate.create', {
    game: elsewhere,
    folder: join(elsewhere, 'project'),
    ...language,
  });
  const stored = await core.ask('translate.remove', { project: own.project.id, delete_files: true });
  expect([stored.deleted, existsSync(join(elsewhere, 'project', 'project.json'))]).toEqual([false, true]);
  const removed = await core.ask('translate.remove', { project: project.id, delete_files: true });
  expect([removed.deleted, existsSync(project.folder)]).toEqual([true, false]);
});
