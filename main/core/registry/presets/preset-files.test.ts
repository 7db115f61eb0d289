import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testCore, type TestCore } from '../../__fixtures__/test-core.ts';
import { untilRegistry } from '../../presets/__fixtures__/until-registry.ts';

const folder = 'config/llm/presets';
const mine = { id: 'mine', provider: 'stub', model: 'stub-echo', options: {}, notes: '' };
const file = (overrides: object = {}) => ({
  version: 1,
  active: null,
  presets: [mine],
  edits: {},
  ...overrides,
});
const other = { [`${folder}/vn_chat.json`]: file() };
const lastOf = async ({ ask }: TestCore, module: string) =>
  (await ask('registry.get')).defaults.modules[module]?.shortlist.at(-1)?.id;

const damaged: [string, unknown, RegExp][] = [
  ['truncated', '{"version": 1, "presets": [{"id": "mi', /is not JSON/],
  ['empty', '', /is not JSON/],
  ['a list', '[]', /not a JSON object/],
  ['of a newer version', { ...file(), version: 2 }, /newer version of the panel \(2; this one reads 1\)/],
  ['of an invalid version', { ...file(), version: '1' }, /version "1", which does not exist/],
  ['with an unknown field', file({ presetz: [] }), /presetz/],
  [
    'with a preset without a model',
    file({ presets: [{ ...mine, model: undefined }] }),
    /presets\[0\]\.model/,
  ],
  ['with a duplicate id', file({ presets: [mine, mine] }), /"mine" is listed twice/],
  ['with an invalid schema', file({ presets: [{ ...mine, schema: { type: 'strnig' } }] }), /mine: schema/],
  [
    'that reaches into a prototype',
    '{"version": 1, "active": null, "presets": [], "edits": {"__proto__": {}}}',
    /__proto__/,
  ],
  [
    'of 5 MB',
    JSON.stringify(file({ presets: [{ ...mine, notes: 'x'.repeat(5_000_000) }] })),
    /larger than 4 MB/,
  ],
];

describe('a damaged file is reported, and the rest keeps working', () => {
  test.each(damaged)('%s', async (_what, content, reason) => {
    const made = testCore({ files: { [`${folder}/translate.json`]: content, ...other } });
    const path = join(made.root, folder, 'translate.json');
    const { warnings } = await made.ask('registry.get');
    expect(warnings).toEqual([expect.stringMatching(reason)]);
    expect(warnings[0]).toContain(path);
    expect([await lastOf(made, 'vn_chat'), await lastOf(made, 'translate')]).toEqual([
      'mine',
      'translate-26-ollama-mistral-latest',
    ]);
  });

  test.each(damaged)('%s: it is set aside when a new one is written', async (_what, content) => {
    const made = testCore({ files: { [`${folder}/translate.json`]: content } });
    const text = readFileSync(join(made.root, folder, 'translate.json'), 'utf8');
    const { warnings } = await made.ask('presets.create', { module: 'translate', preset: mine });
    const stored = readdirSync(join(made.root, folder)).find((name) => name.includes('.broken-'));
    expect(warnings).toEqual([expect.stringContaining(String(stored))]);
    expect(readFileSync(join(made.root, folder, String(stored)), 'utf8')).toBe(text);
    expect([await lastOf(made, 'translate'), (await made.ask('registry.get')).warnings]).toEqual([
      'mine',
      [],
    ]);
  });

  test('a repaired file is used again', async () => {
    const made = testCore({ files: { [`${folder}/translate.json`]: '{' } });
    made.core.settle();
    made.write(`${folder}/translate.json`, file());
    await untilRegistry(made, (view) => view.warnings.length === 0);
    expect(await lastOf(made, 'translate')).toBe('mine');
  });
});

describe('entries that fit nowhere are reported, not lost', () => {
  test.each<[string, string, object, RegExp]>([
    ['an unknown module', 'poetry', {}, /presets of poetry: no module/],
    [
      'an edit of a built-in preset that no longer exists',
      'translate',
      { edits: { gone: { ...mine, id: undefined } } },
      /the edit of "gone" is not used/,
    ],
    ['an unknown active preset', 'translate', { active: 'gone' }, /the active preset "gone" does not exist/],
    [
      'a user’s preset with the id of a new built-in one',
      'translate',
      { presets: [{ ...mine, id: 'translate-02-openai-gpt-4o-mini' }] },
      /now ships too/,
    ],
  ])('%s', async (_what, module, overrides, warning) => {
    const made = testCore({ files: { [`${folder}/${module}.json`]: file(overrides) } });
    expect((await made.ask('registry.get')).warnings).toEqual([expect.stringMatching(warning)]);
    if (module === 'poetry') return;
    expect((await made.ask('presets.list', { module })).warnings).toEqual([expect.stringMatching(warning)]);
    const before = readFileSync(join(made.root, folder, `${module}.json`), 'utf8');
    await made.ask('presets.create', { module, preset: { ...mine, id: 'another' } });
    const after = JSON.parse(readFileSync(join(made.root, folder, `${module}.json`), 'utf8')) as {
      edits: object;
      active: unknown;
    };
    expect(after).toMatchObject({
      edits: (JSON.parse(before) as { edits: object }).edits,
      active: (JSON.parse(before) as { active: unknown }).active,
    });
  });

  test('an edit of a built-in preset that no longer exists can be removed', async () => {
    const { id: _id, ...settings } = mine;
    const made = testCore({ files: { [`${folder}/translate.json`]: file({ edits: { gone: settings } }) } });
    await made.ask('presets.remove', { module: 'translate', id: 'gone' });
    expect((await made.ask('registry.get')).warnings).toEqual([]);
  });
});

describe('an older file', () => {
  const bare = {
    active: 'mine',
    shortlist: [
      {
        id: 'mine',
        rank: 30,
        origin: 'user',
        provider: 'stub',
        model: 'stub-echo',
        options: { seed: 7 },
        notes: 'Kept.',
      },
      {
        id: 'translate-01-openai-gpt-4.1-mini',
        rank: 1,
        origin: 'shortlist-2024-10',
        provider: 'openai_public',
        model: 'gpt-4.1-mini',
        options: { temperature: 0.9 },
      },
    ],
  };

  test('of version 0 is read, and converted with the next change', async () => {
    const made = testCore({ files: { [`${folder}/translate.json`]: bare } });
    const { presets, chosen, warnings } = await made.ask('presets.list', { module: 'translate' });
    expect([chosen, warnings]).toEqual(['mine', []]);
    expect(presets.at(-1)).toMatchObject({ id: 'mine', current: { options: { seed: 7 }, notes: 'Kept.' } });
    expect(presets[0]).toMatchObject({ dirty: true, current: { options: { temperature: 0.9 } } });
    await made.ask('presets.update', { module: 'translate', id: 'mine', set: { notes: 'Still.' } });
    expect(JSON.parse(readFileSync(join(made.root, folder, 'translate.json'), 'utf8'))).toEqual({
      version: 1,
      active: 'mine',
      presets: [{ id: 'mine', provider: 'stub', model: 'stub-echo', options: { seed: 7 }, notes: 'Still.' }],
      edits: {
        'translate-01-openai-gpt-4.1-mini': {
          provider: 'openai_public',
          model: 'gpt-4.1-mini',
          options: { temperature: 0.9 },
          notes: '',
        },
      },
    });
  });
});

test('a broken provider file neither removes the presets nor stops a change from taking effect', async () => {
  const made = testCore({
    files: { 'config/llm/providers/box.json': '{', [`${folder}/translate.json`]: file() },
  });
  expect(await lastOf(made, 'translate')).toBe('mine');
  await made.ask('presets.create', { module: 'translate', preset: { ...mine, id: 'later' } });
  expect(await lastOf(made, 'translate')).toBe('later');
});

test('a ComfyVN module whose name would leave the folder has no presets', async () => {
  const made = testCore();
  const defaults = { modules: { '../../../outside': { provider: 'stub', model: 'stub-echo' } } };
  made.env['COMFYVN_LLM_REGISTRY'] = made.write('registry.json', { providers: [], defaults });
  await made.ask('registry.refresh');
  const error = await made.refusal('presets.create', { module: '../../../outside', preset: mine });
  expect([error.code, error.message]).toEqual([
    'invalid_request',
    expect.stringContaining('not a valid file name'),
  ]);
});

test('a folder that is not writable is reported by its path, and nothing changes', async () => {
  const made = testCore({ files: { [folder]: 'this is a file where the folder should be' } });
  expect(await made.refusal('presets.create', { module: 'translate', preset: mine })).toMatchObject({
    code: 'file_unreadable',
    // The file in it, or on Windows, where that is just not there, the folder itself.
    message: expect.stringContaining(join(made.root, folder)),
  });
  expect(await lastOf(made, 'translate')).toBe('translate-26-ollama-mistral-latest');
});
