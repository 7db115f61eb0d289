import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { testCore } from '../__fixtures__/test-core.ts';
import { edited } from '../prompt-packs/__fixtures__/edited.ts';

const folder = 'config/llm/presets';
const mine = { id: 'mine', provider: 'stub', model: 'stub-echo', options: {}, notes: '' };
const file = { version: 1, active: null, presets: [mine], edits: {} };

test('comments and trailing commas in a preset file are read, and preserved when it is saved', async () => {
  const text = [
    '{',
    '  "version": 1, // as the panel writes it',
    '  "active": null,',
    '  "presets": [',
    '    // for the long scenes',
    '    { "id": "mine", "provider": "stub", "model": "stub-echo", "options": {}, "notes": "" },',
    '  ],',
    '  "edits": {},',
    '}',
  ].join('\n');
  const made = testCore({ files: { [`${folder}/translate.json`]: text } });
  await made.ask('presets.update', { module: 'translate', id: 'mine', set: { notes: 'x' } });
  expect(readFileSync(join(made.root, folder, 'translate.json'), 'utf8')).toBe(
    text.replace('"notes": ""', '"notes": "x"'),
  );
});

test('comments in a provider’s file and in a pack are preserved too', async () => {
  const provider = { name: 'box', adapter: 'openai_compat', base: 'http://127.0.0.1:9/v1' };
  const made = testCore();
  const path = made.write(
    'config/llm/providers/box.json',
    `{\n  "name": "box", // mine\n  "adapter": "openai_compat",\n  "base": "http://127.0.0.1:9/v1",\n}\n`,
  );
  await made.ask('registry.refresh');
  await made.ask('providers.save', { provider: { ...provider, label: 'Box' } });
  const text = readFileSync(path, 'utf8');
  expect(text).toContain('// mine');
  expect(text).toContain('"label": "Box"');

  await made.ask('packs.save', { content: edited() });
  const pack = join(made.root, 'config/llm/packs/translate/pack.json');
  writeFileSync(pack, readFileSync(pack, 'utf8').replace('{', '{ // by hand'));
  const { change } = await made.ask('packs.save', { content: edited({ file: { title: 'Other' } }) });
  expect(readFileSync(pack, 'utf8')).toMatch(/\/\/ by hand[^]*"Other"/);
  await made.ask('packs.undo', { change: change?.id });
  expect(readFileSync(pack, 'utf8')).toMatch(/\/\/ by hand[^]*"Mine"/);
});

describe('a file that cannot be read now', () => {
  /** Something other than a file in a file's place, so that it cannot be read, not even by root. */
  const block = (path: string) => {
    rmSync(path);
    mkdirSync(path);
  };

  test('of presets keeps its last content in use, is not written, and is used again once readable', async () => {
    const made = testCore({ files: { [`${folder}/translate.json`]: file } });
    const path = join(made.root, folder, 'translate.json');
    const ids = async () =>
      (await made.ask('presets.list', { module: 'translate' })).presets.map(({ id }) => id);
    made.core.settle();
    block(path);
    const { warnings } = await made.ask('registry.refresh');
    expect(warnings).toEqual([expect.stringMatching(/translate\.json.*used as they were last read/)]);
    expect(await ids()).toContain('mine');
    const input = { module: 'translate', preset: { ...mine, id: 'second' } };
    expect((await made.refusal('presets.create', input)).code).toBe('file_unreadable');
    rmSync(path, { recursive: true });
    writeFileSync(path, JSON.stringify({ ...file, presets: [{ ...mine, id: 'other' }] }));
    await vi.waitFor(async () => expect(await ids()).toContain('other'), { timeout: 10_000 });
    expect((await made.ask('registry.get')).warnings).toEqual([]);
  });

  test('of a pack keeps its last content in use, and is not written', async () => {
    const made = testCore();
    await made.ask('packs.save', { content: edited() });
    const titles = async () => (await made.ask('packs.library')).mine.map(({ summary }) => summary?.title);
    expect(await titles()).toEqual(['Mine']);
    const path = join(made.root, 'config/llm/packs/translate/system.md');
    rmSync(path);
    // A link to itself cannot be opened (ELOOP), and its content is unknown.
    symlinkSync(path, path);
    await made.ask('registry.refresh');
    expect(await titles()).toEqual(['Mine']);
    const refused = await made.refusal('packs.save', { content: edited({ file: { title: 'Other' } }) });
    expect(refused.code).toBe('file_unreadable');
    rmSync(path);
    writeFileSync(path, 'Be long.\n');
    await made.ask('packs.save', { content: edited({ file: { title: 'Other' } }) });
    expect(await titles()).toEqual(['Other']);
    expect(readdirSync(join(made.root, 'config/llm/packs/translate')).join()).not.toContain('broken');
  });

  test('of a provider keeps its last good content in use, and no second file replaces it', async () => {
    const provider = { name: 'box', adapter: 'openai_compat', base: 'http://127.0.0.1:9/v1' };
    const made = testCore({ files: { 'config/llm/providers/box.json': provider } });
    const path = join(made.root, 'config/llm/providers/box.json');
    block(path);
    await made.ask('registry.refresh');
    const { files } = await made.ask('files.broken');
    expect(files.map(({ file }) => file)).toEqual([path]);
    expect((await made.refusal('providers.save', { provider })).code).toBe('file_unreadable');
    expect((await made.ask('registry.get')).providers.map(({ name }) => name)).toContain('box');
    expect(readdirSync(join(made.root, 'config/llm/providers'))).toEqual(['box.json']);
  });
});

test('a name reserved for a Windows device gets another file name, or is refused', async () => {
  const made = testCore();
  const defaults = { modules: { con: { provider: 'stub', model: 'stub-echo' } } };
  made.env['COMFYVN_LLM_REGISTRY'] = made.write('registry.json', { providers: [], defaults });
  await made.ask('registry.refresh');
  await made.ask('presets.create', { module: 'con', preset: mine });
  expect(readdirSync(join(made.root, folder))).toEqual(['con_.json']);
  expect((await made.ask('presets.list', { module: 'con' })).presets.map(({ id }) => id)).toContain('mine');
  const provider = { name: 'nul', adapter: 'openai_compat', base: 'http://127.0.0.1:9/v1' };
  expect((await made.ask('providers.save', { provider })).file).toMatch(/nul_\.json$/);
  const { code, message } = await made.refusal('packs.save', {
    content: edited({ file: { module: 'aux' } }),
  });
  expect([code, message]).toEqual(['invalid_request', expect.stringContaining('Windows')]);
});

test('a file moved to the trash holds no key', async () => {
  const made = testCore();
  await made.ask('presets.create', {
    module: 'translate',
    preset: { ...mine, notes: 'the key is sk-planted0123456789abcdef' },
  });
  await made.ask('presets.remove', { module: 'translate', id: 'mine' });
  const key = 'sk-planted0123456789abcdef';
  made.write('config/llm/providers/box.json', {
    name: 'box',
    adapter: 'openai_compat',
    base: 'http://127.0.0.1:9/v1',
    headers: { authorization: `Bearer ${key}` },
  });
  await made.ask('registry.refresh');
  const { change } = await made.ask('providers.remove', { name: 'box' });
  const trash = join(made.root, 'config/llm/trash');
  const texts = readdirSync(trash).map((name) => readFileSync(join(trash, name), 'utf8'));
  expect(texts).toHaveLength(2);
  for (const text of texts) expect(text).not.toContain(key);
  await made.ask('presets.undo', { change: change?.id });
  expect(readFileSync(join(made.root, 'config/llm/providers/box.json'), 'utf8')).toContain(key);
});

test('every save succeeds while a watcher reads the files', async () => {
  const made = testCore({ files: { [`${folder}/translate.json`]: file } });
  made.core.settle();
  for (let n = 0; n < 20; n++)
    await made.ask('presets.update', { module: 'translate', id: 'mine', set: { options: { seed: n } } });
  const saved = JSON.parse(readFileSync(join(made.root, folder, 'translate.json'), 'utf8')) as typeof file;
  expect(saved.presets[0]?.options).toEqual({ seed: 19 });
});
