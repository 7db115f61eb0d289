import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { testCore, type TestCore } from '../__fixtures__/test-core.ts';
import { edited, lastMessage } from './__fixtures__/edited.ts';

const packs = 'config/llm/packs';
const file = ({ root }: TestCore, name: string, module = 'translate') =>
  readFileSync(join(root, packs, module, name), 'utf8');
const names = ({ root }: TestCore, folder: string) => {
  const path = join(root, folder);
  return existsSync(path) ? readdirSync(path).sort() : [];
};

describe('a saved pack', () => {
  test('consists of readable files, takes effect at once, and states its format', async () => {
    const made = testCore();
    const saved = await made.ask('packs.save', { content: edited() });
    expect(saved).toMatchObject({ module: 'translate', warnings: [] });
    expect(names(made, join(packs, 'translate'))).toEqual([
      'output.schema.json',
      'pack.json',
      'samples',
      'system.md',
      'template.md',
    ]);
    expect(JSON.parse(file(made, 'pack.json'))).toMatchObject({ format: 1, title: 'Mine' });
    expect(file(made, 'template.md')).toBe('Say: {{ line }}\n');
    expect(file(made, 'samples/first.json')).toContain('"line": "Yo"');
    expect(await lastMessage(made)).toBe('Say: X');
    expect(names(made, packs)).toEqual(['translate']);
  });

  test('saved again without changes adds no version and nothing to undo', async () => {
    const made = testCore();
    await made.ask('packs.save', { content: edited() });
    expect((await made.ask('packs.save', { content: edited() })).change).toBeNull();
    expect((await made.ask('packs.source', { module: 'translate' })).versions).toEqual([]);
  });

  test('loses the samples that were deleted, and no other files', async () => {
    const made = testCore();
    await made.ask('packs.save', { content: edited() });
    made.write(`${packs}/translate/NOTES.txt`, 'mine');
    await made.ask('packs.save', { content: edited({ samples: {} }) });
    expect(names(made, join(packs, 'translate/samples'))).toEqual([]);
    expect(file(made, 'NOTES.txt')).toBe('mine');
  });

  test('with a key in its text, or for an unknown module, gets a warning', async () => {
    const made = testCore();
    const content = edited({ system: 'Use sk-1234567890abcdefghij', file: { module: 'tavern' } });
    const { warnings } = await made.ask('packs.save', { content });
    expect(warnings).toEqual([
      expect.stringContaining('pack.system holds what looks like a key'),
      expect.stringContaining('no module is called "tavern"'),
    ]);
  });
});

describe('an unusable pack is refused with every problem’s position, and nothing is written', () => {
  test.each<[string, Parameters<typeof edited>[0], object]>([
    ['a syntax error', { template: 'one\n {{ line' }, { file: 'template.md', line: 2, column: 2 }],
    ['an include', { system: '\n\n{% include "x" %}' }, { file: 'system.md', line: 3, column: 1 }],
    [
      'a range',
      { system: 'a\n{% for i in (1..9) %}{% endfor %}' },
      { file: 'system.md', line: 2, column: 1 },
    ],
    ['an undeclared variable', { template: '{{ lien }}' }, { file: 'template.md', line: 1, column: 4 }],
    [
      'a schema that is not JSON',
      { schema: '{\n "extends": "module",\n}' },
      { file: 'output.schema.json', line: 3 },
    ],
    ['an invalid schema', { schema: { type: 'nonsense' } }, { file: 'output.schema.json' }],
    [
      'an invalid name',
      { file: { variables: [{ name: 'A b' }] } },
      { file: 'pack.json', path: 'variables[0].name' },
    ],
    [
      'a sample that does not fit',
      { samples: { bad: { title: 'x', variables: {} } } },
      { file: 'samples/bad.json' },
    ],
    ['a path as module', { file: { module: '../../../etc' } }, { file: 'pack.json', path: 'module' }],
    [
      'a path as sample',
      { samples: { '../../x': { title: 'x', variables: { line: 'a' } } } },
      { file: 'samples/../../x.json' },
    ],
    ['a newer format', { file: { format: 2 } }, { file: 'pack.json', path: 'format' }],
    [
      '21 samples',
      {
        samples: Object.fromEntries(
          Array.from({ length: 21 }, (_, n) => [`s${n}`, { title: 'x', variables: { line: 'a' } }]),
        ),
      },
      { file: 'samples' },
    ],
  ])('%s', async (_what, overrides, problem) => {
    const made = testCore();
    const error = await made.refusal('packs.save', { content: edited(overrides) });
    expect(error.code).toBe('invalid_request');
    expect(error.details?.['problems']).toContainEqual(expect.objectContaining(problem));
    expect(names(made, packs)).toEqual([]);
  });
});

describe('undo restores', () => {
  test('a save, then the one before it', async () => {
    const made = testCore();
    await made.ask('packs.save', { content: edited() });
    await made.ask('packs.save', { content: edited({ template: 'Second: {{ line }}' }) });
    await made.ask('packs.undo');
    expect(await lastMessage(made)).toBe('Say: X');
    await made.ask('packs.undo');
    expect((await made.ask('packs.get', { module: 'translate' })).source).toBe('built-in');
    expect(names(made, packs)).toEqual([]);
  });

  test('a deleted pack with every byte, including files the panel does not read', async () => {
    const made = testCore();
    await made.ask('packs.save', { content: edited() });
    made.write(`${packs}/translate/NOTES.txt`, 'mine');
    const { change } = await made.ask('packs.remove', { module: 'translate' });
    expect(names(made, packs)).toEqual([]);
    expect(names(made, 'config/llm/trash')).toEqual([expect.stringMatching(/-pack-translate$/)]);
    expect((await made.ask('packs.get', { module: 'translate' })).source).toBe('built-in');
    await made.ask('packs.undo', { change: change.id });
    expect(file(made, 'NOTES.txt')).toBe('mine');
    expect(await lastMessage(made)).toBe('Say: X');
    expect(names(made, 'config/llm/trash')).toEqual([]);
  });

  test('nothing over a change made by hand since', async () => {
    const made = testCore();
    await made.ask('packs.save', { content: edited() });
    await made.ask('packs.save', { content: edited({ template: 'Second: {{ line }}' }) });
    made.write(`${packs}/translate/template.md`, 'By hand: {{ line }}');
    expect((await made.refusal('packs.undo')).message).toContain('changed again since');
    expect(file(made, 'template.md')).toBe('By hand: {{ line }}');
  });

  test('without an id, a change of packs: a preset changed later stays', async () => {
    const made = testCore();
    await made.ask('packs.save', { content: edited() });
    const preset = { id: 'mine', provider: 'stub', model: 'stub-echo' };
    await made.ask('presets.create', { module: 'translate', preset });
    expect((await made.ask('packs.undo')).undone.summary).toContain('prompt pack translate');
    const { presets, changes } = await made.ask('presets.list', { module: 'translate' });
    expect(presets.map((preset) => preset.id)).toContain('mine');
    expect(changes.map(({ summary }) => summary).join()).not.toContain('prompt pack');
  });
});

describe('earlier versions', () => {
  test('are listed with their time, latest first, and can be read and saved again', async () => {
    const made = testCore();
    for (const n of [1, 2, 3]) {
      made.clock.advance(1000);
      await made.ask('packs.save', { content: edited({ template: `${n}: {{ line }}` }) });
    }
    const { versions } = await made.ask('packs.source', { module: 'translate' });
    expect(versions.map(({ at }) => at)).toEqual(['2026-11-22T00:00:03.000Z', '2026-11-22T00:00:02.000Z']);
    const oldest = await made.ask('packs.version', { module: 'translate', id: versions[1]?.id ?? '' });
    expect(oldest.content.template).toBe('1: {{ line }}');
    await made.ask('packs.save', { content: oldest.content });
    expect(await lastMessage(made)).toBe('1: X');
    expect((await made.refusal('packs.version', { module: 'translate', id: '../../x' })).code).toBe(
      'not_found',
    );
  });

  test('are limited to 30', async () => {
    const made = testCore();
    for (let n = 0; n < 33; n++) await made.ask('packs.save', { content: edited({ system: `v${n}` }) });
    const { versions } = await made.ask('packs.source', { module: 'translate' });
    expect(versions).toHaveLength(30);
    const last = await made.ask('packs.version', { module: 'translate', id: versions[0]?.id ?? '' });
    expect(last.content.system).toBe('v31');
  });
});

describe('a damaged pack', () => {
  test('is shown with its problems, and its file is set aside when a new one is written', async () => {
    const made = testCore();
    await made.ask('packs.save', { content: edited() });
    made.write(`${packs}/translate/pack.json`, '{"module": "translate",');
    await made.ask('registry.refresh');
    const source = await made.ask('packs.source', { module: 'translate', source: 'user' });
    expect(source.problems).toEqual([expect.objectContaining({ file: 'pack.json', path: '', line: 1 })]);
    expect(source.content.template).toBe('Say: {{ line }}\n');
    const { mine } = await made.ask('packs.library');
    expect(mine).toEqual([
      expect.objectContaining({
        module: 'translate',
        summary: null,
        problem: expect.stringContaining('not JSON'),
      }),
    ]);
    const { warnings } = await made.ask('packs.save', { content: edited() });
    expect(warnings).toEqual([expect.stringContaining('is kept as')]);
    const stored = names(made, join(packs, 'translate')).find((name) => name.includes('.broken-')) ?? '';
    expect(file(made, stored)).toBe('{"module": "translate",');
    expect(await lastMessage(made)).toBe('Say: X');
  });

  test('can be deleted as a whole, and restored', async () => {
    const made = testCore({ files: { [`${packs}/translate/pack.json`]: 'nonsense' } });
    await made.ask('packs.remove', { module: 'translate' });
    expect((await made.ask('packs.list')).warnings).toEqual([]);
    await made.ask('packs.undo');
    expect(file(made, 'pack.json')).toBe('nonsense');
  });
});

describe('a copy', () => {
  test.each(['translate', 'vn_chat', 'narrator', 'worldbuild', 'battle_narration', 'persona', 'pov_rewrite'])(
    'of the built-in %s renders the same',
    async (module) => {
      const made = testCore();
      const { samples } = await made.ask('packs.get', { module });
      const render = () => made.ask('packs.run', { module, variables: samples[0]?.variables ?? {} });
      const before = await render();
      await made.ask('packs.duplicate', { module });
      expect(await render()).toEqual({ ...before, source: 'user' });
      expect((await made.ask('packs.list')).warnings).toEqual([]);
    },
  );

  test('does not replace an existing pack', async () => {
    const made = testCore();
    await made.ask('packs.create', { module: 'tavern', title: 'Tavern' });
    expect((await made.refusal('packs.create', { module: 'tavern' })).code).toBe('id_taken');
    expect((await made.refusal('packs.duplicate', { module: 'translate', to: 'tavern' })).code).toBe(
      'id_taken',
    );
    expect((await made.refusal('packs.remove', { module: 'narrator' })).message).toContain(
      'ships with the panel',
    );
    expect((await made.refusal('packs.remove', { module: 'nonesuch' })).code).toBe('unknown_module');
  });

  test('for another module has that module’s name', async () => {
    const made = testCore();
    await made.ask('packs.duplicate', { module: 'vn_chat', to: 'tavern' });
    expect(JSON.parse(file(made, 'pack.json', 'tavern'))).toMatchObject({ module: 'tavern' });
    const { built_in, mine } = await made.ask('packs.library');
    expect([built_in.length, built_in.some(({ overridden }) => overridden)]).toEqual([8, false]);
    expect(mine.map(({ module }) => module)).toEqual(['tavern']);
  });
});

test('an interrupted save is completed at the next start', async () => {
  const first = testCore();
  await first.ask('packs.save', { content: edited() });
  const files = {
    'system.md': 'New.',
    'template.md': 'New: {{ line }}',
    'samples/first.json': null,
    '../x.json': 'out',
  };
  const made = testCore({
    files: {
      ...Object.fromEntries(
        ['pack.json', 'output.schema.json', 'template.md'].map((name) => [
          `${packs}/translate/${name}`,
          file(first, name),
        ]),
      ),
      [`${packs}/translate/samples/first.json`]: file(first, 'samples/first.json'),
      [`${packs}/translate/system.md`]: 'New.',
      [`${packs}/.translate.saving.json`]: { format: 1, files },
    },
  });
  expect(await lastMessage(made)).toBe('New: X');
  await vi.waitFor(() => expect(names(made, packs)).toEqual(['translate']));
  expect(names(made, join(packs, 'translate/samples'))).toEqual([]);
  expect(existsSync(join(made.root, packs, 'x.json'))).toBe(false);
});

test('a save that fails for one file leaves the others unchanged, and is reported', async () => {
  const made = testCore();
  await made.ask('packs.save', { content: edited({ samples: {} }) });
  made.write(`${packs}/translate/samples`, 'in the way');
  const error = await made.refusal('packs.save', { content: edited({ system: 'x' }) });
  expect([error.code, error.message]).toEqual([
    'file_unreadable',
    expect.stringContaining('cannot be written'),
  ]);
  expect(file(made, 'system.md')).toBe('Be brief.\n');
  expect(names(made, packs)).toEqual(['translate']);
});

test('a folder in a file’s place is set aside, with a warning', async () => {
  const made = testCore();
  await made.ask('packs.save', { content: edited({ samples: {} }) });
  mkdirSync(join(made.root, packs, 'translate/samples/x.json'), { recursive: true });
  writeFileSync(join(made.root, packs, 'translate/samples/x.json/y'), '');
  const samples = { x: { title: 'X', variables: { line: 'a' } } };
  const saved = await made.ask('packs.save', { content: edited({ samples, system: 'x' }) });
  expect(saved.warnings).toEqual([expect.stringContaining('x.json made no sense; it is kept as')]);
});
