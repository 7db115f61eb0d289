import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RenderedPack } from '../../../contract/prompt-pack.ts';
import { testCore, type TestCore } from '../__fixtures__/test-core.ts';

const folder = 'config/llm/packs';

/** A small user pack, with files changed or missing. */
function userPack(module: string, overrides: Record<string, unknown> = {}): Record<string, unknown> {
  const files: Record<string, unknown> = {
    'pack.json': {
      module,
      title: 'Mine',
      version: '2.0.0',
      description: '',
      tags: [],
      options: { max_tokens: 99 },
      variables: [{ name: 'line', type: 'string', required: true, description: 'A line.', sample: 'Hi' }],
      checks: [],
    },
    'system.md': 'Be brief.',
    'template.md': 'Say: {{ line }}',
    'output.schema.json': { extends: 'module' },
    ...overrides,
  };
  const stored = Object.entries(files).filter(([, content]) => content !== undefined);
  return Object.fromEntries(stored.map(([name, content]) => [`${folder}/${module}/${name}`, content]));
}

const packJson = (module: string, overrides: Record<string, unknown>) => ({
  ...(userPack(module)[`${folder}/${module}/pack.json`] as Record<string, unknown>),
  ...overrides,
});

async function rendered(
  { ask }: TestCore,
  module: string,
  variables: Record<string, unknown>,
): Promise<RenderedPack> {
  return (await ask('packs.run', { module, variables })) as RenderedPack;
}

test('a user pack replaces the built-in one, and is marked as such', async () => {
  const core = testCore({ files: userPack('translate') });
  const { packs, warnings } = await core.ask('packs.list');
  expect(warnings).toEqual([]);
  expect(packs.find((pack) => pack.module === 'translate')).toMatchObject({ title: 'Mine', source: 'user' });
  expect(packs.filter((pack) => pack.source === 'built-in')).toHaveLength(7);
  expect(await rendered(core, 'translate', { line: 'Yo' })).toMatchObject({
    source: 'user',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Say: Yo' },
    ],
    options: { max_tokens: 99 },
    schema: { required: ['detected_language', 'translation'] },
  });
});

test('a pack for an unknown module is rendered, and sent where a provider is named', async () => {
  const core = testCore({ files: userPack('tavern_rumours', { 'system.md': '' }) });
  expect((await rendered(core, 'Tavern Rumours', { line: 'Yo' })).messages).toEqual([
    { role: 'user', content: 'Say: Yo' },
  ]);
  const answer = await core.ask('packs.run', {
    module: 'tavern_rumours',
    variables: { line: 'Yo' },
    send: true,
    provider: 'stub',
  });
  expect(answer).toMatchObject({ reply: 'Say: Yo', module: null, checks: [] });
});

describe('a broken user pack leaves the built-in one in use, and is listed with file, position and reason', () => {
  const schema = { extends: 'module', properties: { translation: { type: 'number' } } };
  const sample = (overrides: Record<string, unknown>) => ({
    title: 'One',
    variables: { line: 'Hi' },
    ...overrides,
  });
  const check = (overrides: Record<string, unknown>) =>
    packJson('translate', {
      checks: [{ id: 'c', message: 'm', kind: 'count', at: 'translation', ...overrides }],
    });
  const twice = [
    ...(packJson('translate', {})['variables'] as object[]),
    ...(packJson('translate', {})['variables'] as object[]),
  ];
  const bad = [{ name: 'line', type: 'number', required: true, description: 'd', sample: 'x' }];
  test.each<[string, Record<string, unknown>, string, string]>([
    ['no template', { 'template.md': undefined }, 'template.md', 'is missing'],
    ['no schema file', { 'output.schema.json': undefined }, 'output.schema.json', 'is missing'],
    ['broken JSON', { 'pack.json': '{"module":' }, 'pack.json', 'is not JSON'],
    [
      'another module',
      { 'pack.json': packJson('narrator', {}) },
      'pack.json, at module',
      'not the name of its folder',
    ],
    [
      'an unknown field',
      { 'pack.json': packJson('translate', { optoins: {} }) },
      'pack.json, at optoins',
      'did you mean "options"',
    ],
    [
      'no title',
      { 'pack.json': packJson('translate', { title: undefined }) },
      'pack.json, at title',
      'required',
    ],
    [
      'a sample value of the wrong type',
      { 'pack.json': packJson('translate', { variables: bad }) },
      'pack.json, at variables[0].sample',
      'must be number',
    ],
    [
      'a duplicate variable',
      { 'pack.json': packJson('translate', { variables: twice }) },
      'pack.json, at variables',
      '"line" stands twice',
    ],
    [
      'turns that are not a list',
      { 'pack.json': packJson('translate', { turns: 'line' }) },
      'pack.json, at turns',
      'no variable of type array',
    ],
    ['an include', { 'system.md': '{% include "../../secrets" %}' }, 'system.md', 'tag "include" not found'],
    ['a template that does not parse', { 'template.md': '{{ line' }, 'template.md', 'not closed'],
    [
      'a typo in a branch that no sample reaches',
      { 'template.md': '{% if line == "x" %}{{ lnie }}{% endif %}' },
      'template.md',
      '"lnie" is no variable',
    ],
    [
      'a schema that redefines the module’s field',
      { 'output.schema.json': schema },
      'output.schema.json, at /properties/translation/type',
      'already',
    ],
    ['an invalid schema', { 'output.schema.json': { type: 'nonsense' } }, 'output.schema.json', 'schema'],
    [
      'an unknown kind of check',
      { 'pack.json': check({ kind: 'magic' }) },
      'pack.json, at checks[0].kind',
      'expected one of',
    ],
    [
      'a check of an unknown field',
      { 'pack.json': check({ at: 'transaltion' }) },
      'pack.json, at checks[0]',
      '"transaltion"',
    ],
    [
      'a check of an unknown variable',
      { 'pack.json': check({ kind: 'one_of', of: 'lines[]' }) },
      'pack.json, at checks[0]',
      '"lines" is no variable',
    ],
    [
      'a sample that lacks a variable',
      { 'samples/a.json': sample({ variables: {} }) },
      'samples/a.json, at variables',
      'line: missing',
    ],
    [
      'a sample that does not fit',
      { 'samples/a.json': sample({ reply: { detected_language: 'en' } }) },
      'samples/a.json, at reply',
      'translation',
    ],
    [
      'a sample that fails a check',
      {
        'pack.json': check({ kind: 'characters', at: ['translation'], max: 1 }),
        'samples/a.json': sample({ reply: { detected_language: 'en', translation: 'long' } }),
      },
      'samples/a.json, at reply',
      '4 characters',
    ],
  ])('%s', async (_, overrides, location, reason) => {
    const core = testCore({ files: userPack('translate', overrides) });
    const { packs, warnings } = await core.ask('packs.list');
    expect(packs.find((pack) => pack.module === 'translate')?.source).toBe('built-in');
    expect(warnings).toHaveLength(1);
    const [file = '', ...inFile] = location.split(', at ');
    const path = join(core.root, folder, 'translate', file);
    expect(warnings[0]).toContain([path, ...inFile].join(', at '));
    expect(warnings[0]).toContain(reason);
    expect(warnings[0]).toContain('left out');
  });
});

test('an endless template is an error for its caller, and the next request is served', async () => {
  const list = { name: 'list', type: 'array', required: true, description: 'd', sample: [] };
  const forever =
    '{% for a in list %}{% for b in list %}{% for c in list %}{% endfor %}{% endfor %}{% endfor %}';
  const core = testCore({
    files: userPack('translate', {
      'pack.json': packJson('translate', { variables: [list] }),
      'template.md': forever,
    }),
  });
  const error = await core.refusal('packs.run', {
    module: 'translate',
    variables: { list: Array(3000).fill(0) },
  });
  expect(error).toMatchObject({
    code: 'pack_template_failed',
    details: { module: 'translate', template: 'translate/template.md' },
  });
  expect(error.message).toContain('render limit');
  expect((await core.ask('packs.list')).packs).toHaveLength(8);
});

/** Resolves when the window is notified that the list is stale. */
const staleList = ({ core }: TestCore) =>
  new Promise<void>((resolve) => {
    const stop = core.onEvent((event) => {
      if (event.type !== 'stale' || !event.operations.includes('packs.list')) return;
      stop();
      resolve();
    });
  });

test('a pack that is added, repaired or removed takes effect with the next refresh', async () => {
  const core = testCore();
  const source = async () => (await core.ask('packs.get', { module: 'translate' })).source;
  expect(await source()).toBe('built-in');
  for (const [path, content] of Object.entries(userPack('translate'))) core.write(path, content);
  await core.ask('registry.refresh');
  expect(await source()).toBe('user');
  rmSync(join(core.root, folder, 'translate', 'template.md'));
  await core.ask('registry.refresh');
  expect(await source()).toBe('built-in');
});

test('a changed file takes effect without a refresh, and windows are notified', async () => {
  const core = testCore({ files: userPack('translate') });
  const title = async () => (await core.ask('packs.get', { module: 'translate' })).title;
  expect(await title()).toBe('Mine');
  core.core.settle();
  core.write(`${folder}/translate/pack.json`, packJson('translate', { title: 'Newer' }));
  for (;;) {
    const stale = staleList(core);
    if ((await title()) === 'Newer') return;
    await stale;
  }
});

test('the warning about a broken pack has the code of the fault, with the file and the place in it', async () => {
  const core = testCore({
    files: userPack('translate', { 'pack.json': packJson('translate', { title: '' }) }),
  });
  const { warning_details: details } = await core.ask('packs.list');
  const path = `${join(core.root, folder, 'translate', 'pack.json')}: title`;
  const values = { limited: 'characters', bound: 1, inclusive: true };
  expect(details).toMatchObject([
    { code: 'pack_unusable', problem_details: [{ kind: 'file_problem', code: 'too_small', path, values }] },
  ]);
});
