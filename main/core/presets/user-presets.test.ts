import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorStatus } from '../../../contract/errors.ts';
import { modulePresets } from '../../../contract/user-preset.ts';
import { comfyvnRegistry, testCore, type TestCore } from '../__fixtures__/test-core.ts';
import { untilRegistry } from './__fixtures__/until-registry.ts';

const messages = [{ role: 'user', content: 'hi' }];
const mine = {
  id: 'my-translator',
  provider: 'lmstudio_local',
  model: 'hermes-3-llama-3.1-8b',
  options: { temperature: 0.25 },
  notes: 'For menus.',
};
const create = (overrides: object = {}) => ({ module: 'translate', preset: { ...mine, ...overrides } });
const first = { module: 'translate', id: 'translate-01-openai-gpt-4.1-mini' };

const fileOf = ({ root }: TestCore, module = 'translate') =>
  JSON.parse(readFileSync(join(root, 'config/llm/presets', `${module}.json`), 'utf8')) as Record<
    string,
    unknown
  >;
const moduleOf = async ({ ask }: TestCore, module = 'translate') =>
  (await ask('registry.get')).defaults.modules[module];
const planOf = ({ ask }: TestCore, overrides: object) =>
  ask('chat.send', { messages, dry_run: true, ...overrides });

describe('a preset of the user’s own', () => {
  test('is listed after the built-in ones, is in its file, and is used when it is named', async () => {
    const made = testCore();
    const { preset, change, warnings } = await made.ask('presets.create', create());
    expect(preset).toMatchObject({
      id: 'my-translator',
      origin: 'user',
      shipped: null,
      dirty: false,
      current: { ...mine, rank: 27, origin: 'user' },
    });
    expect([change?.summary, warnings]).toEqual(['created a preset of translate', []]);
    expect((await moduleOf(made))?.shortlist.at(-1)).toEqual(preset.current);
    expect(fileOf(made)).toEqual({ version: 1, active: null, presets: [mine], edits: {} });
    const plan = await planOf(made, { module: 'translate', preset: 'my-translator' });
    expect(plan).toMatchObject({
      provider: 'lmstudio_local',
      preset: 'my-translator',
      options: { temperature: 0.25 },
    });
    expect((plan as { plan: { body: object } }).plan.body).toMatchObject({ temperature: 0.25 });
  });

  test('made active serves its module, before and after a restart', async () => {
    const made = testCore();
    await made.ask('presets.create', create());
    await made.ask('presets.activate', { module: 'translate', id: 'my-translator' });
    expect(await moduleOf(made)).toMatchObject({
      active_preset: 'my-translator',
      model: mine.model,
      options: mine.options,
      moved: null,
    });
    expect(await planOf(made, { module: 'translate' })).toMatchObject({ preset: 'my-translator' });
    const again = testCore({ files: { 'config/llm/presets/translate.json': fileOf(made) } });
    expect(await moduleOf(again)).toMatchObject({ active_preset: 'my-translator' });
  });

  test('without an id gets a descriptive one that is not taken', async () => {
    const { ask } = testCore();
    const ids = [];
    for (let n = 0; n < 3; n++) ids.push((await ask('presets.create', create({ id: undefined }))).preset.id);
    expect(ids).toEqual([
      'translate-user-hermes-3-llama-3.1-8b',
      'translate-user-hermes-3-llama-3.1-8b-2',
      'translate-user-hermes-3-llama-3.1-8b-3',
    ]);
  });

  test('two created at the same moment are both stored', async () => {
    const made = testCore();
    await Promise.all(
      Array.from({ length: 10 }, (_, n) => made.ask('presets.create', create({ id: `p-${n}` }))),
    );
    expect((fileOf(made)['presets'] as { id: string }[]).map((p) => p.id)).toEqual(
      Array.from({ length: 10 }, (_, n) => `p-${n}`),
    );
  });

  test('can be renamed, and stays the active one', async () => {
    const made = testCore();
    await made.ask('presets.create', create());
    await made.ask('presets.activate', { module: 'translate', id: 'my-translator' });
    expect(
      (await made.ask('presets.update', { module: 'translate', id: 'my-translator', rename: 'menus' })).preset
        .id,
    ).toBe('menus');
    expect(await moduleOf(made)).toMatchObject({ active_preset: 'menus' });
  });

  test('for an alias belongs to the provider itself, whose lifecycle applies', async () => {
    const { ask } = testCore();
    const { preset } = await ask(
      'presets.create',
      create({ provider: 'openrouter_hub', model: 'qwen/qwen-2.5-72b-instruct' }),
    );
    expect(preset.current.provider).toBe('openrouter');
    await ask('presets.activate', { module: 'translate', id: preset.id });
    expect((await ask('registry.get')).defaults.modules['translate']?.active_preset).toBe(preset.id);
  });

  test('for an unknown provider or model is stored, with a warning', async () => {
    const { ask, refusal } = testCore();
    expect((await ask('presets.create', create({ provider: 'later' }))).warnings).toEqual([
      expect.stringContaining('"later"'),
    ]);
    expect((await ask('presets.create', create({ id: 'b', model: 'later' }))).warnings).toEqual([
      expect.stringContaining('does not list "later"'),
    ]);
    expect((await refusal('presets.activate', { module: 'translate', id: 'my-translator' })).code).toBe(
      'unknown_provider',
    );
  });
});

describe('a refused change leaves the file as it is', () => {
  const refused: [string, string, unknown, string][] = [
    ['the id of a built-in preset', 'presets.create', create({ id: first.id }), 'id_taken'],
    ['an id with a slash', 'presets.create', create({ id: '../x' }), 'invalid_request'],
    ['a misspelt field', 'presets.create', create({ provider_option: {} }), 'invalid_request'],
    ['an unknown module', 'presets.create', { ...create(), module: 'poetry' }, 'unknown_module'],
    ['an invalid schema', 'presets.create', create({ schema: { type: 'strnig' } }), 'invalid_request'],
    [
      'a schema from another address',
      'presets.create',
      create({ schema: { $ref: 'https://example.org/a.json' } }),
      'invalid_request',
    ],
    [
      'a key in the headers',
      'presets.create',
      create({ provider_options: { headers: { Authorization: 'Bearer x' } } }),
      'invalid_request',
    ],
    [
      'a prototype key',
      'presets.create',
      create({ options: JSON.parse('{"__proto__": 1}') as object }),
      'forbidden_key',
    ],
    ['an unknown preset', 'presets.update', { ...first, id: 'nope' }, 'not_found'],
    ['another id for a built-in one', 'presets.update', { ...first, rename: 'mine' }, 'invalid_request'],
    ['removing a built-in one', 'presets.remove', first, 'invalid_request'],
    ['activating an unknown one', 'presets.activate', { ...first, id: 'nope' }, 'not_found'],
    ['undoing nothing', 'presets.undo', {}, 'not_found'],
  ];
  test.each(refused)('%s', async (_what, operation, input, code) => {
    const made = testCore();
    const error = await made.refusal(operation as 'presets.create', input);
    expect([error.code, errorStatus[error.code]]).toEqual([code, expect.any(Number)]);
    expect(() => fileOf(made)).toThrow('ENOENT');
  });

  test('a retired model cannot be made active, and its successor is named', async () => {
    const { refusal } = testCore();
    const error = await refusal('presets.activate', {
      module: 'translate',
      id: 'translate-06-gemini-gemini-1.5-pro',
    });
    expect(error).toMatchObject({
      code: 'model_retired',
      details: { successor: 'gemini-3.8-flash', successor_preset: 'translate-16-gemini-gemini-3.8-flash' },
    });
    expect(error.message).toContain('translate-16-gemini-gemini-3.8-flash');
  });

  test('there are at most two hundred presets', async () => {
    const presets = Array.from({ length: 200 }, (_, n) => ({ ...mine, id: `p-${n}` }));
    const made = testCore({
      files: { 'config/llm/presets/translate.json': { version: 1, active: null, presets, edits: {} } },
    });
    expect(await made.refusal('presets.create', create())).toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('200'),
    });
  });
});

describe('an edit of a built-in preset', () => {
  test('replaces it, is marked as edited, and is undone by a reset', async () => {
    const made = testCore();
    const before = await moduleOf(made);
    const { preset } = await made.ask('presets.update', {
      ...first,
      set: { options: { temperature: 0.3 }, notes: 'Warmer.' },
    });
    expect(preset).toMatchObject({
      dirty: true,
      origin: 'shortlist-2024-10',
      shipped: { options: { temperature: 0.1, top_p: 0.8 } },
      current: { rank: 1, options: { temperature: 0.3 }, notes: 'Warmer.' },
    });
    expect(await planOf(made, { module: 'translate' })).toMatchObject({
      preset: first.id,
      plan: { body: { temperature: 0.3 } },
    });
    expect(
      ((await planOf(made, { module: 'translate' })) as { plan: { body: object } }).plan.body,
    ).not.toHaveProperty('top_p');
    expect((await made.ask('presets.reset', first)).preset).toMatchObject({ dirty: false });
    expect(await moduleOf(made)).toEqual(before);
  });

  test('that changes nothing is no edit', async () => {
    const made = testCore();
    await made.ask('presets.update', { ...first, set: { notes: 'x' } });
    const { preset } = await made.ask('presets.update', {
      ...first,
      set: { notes: 'JSON schema with detected_language and translation. Balanced cost and quality.' },
    });
    expect([preset.dirty, fileOf(made)['edits']]).toEqual([false, {}]);
  });

  test('can remove the schema, set another, or inherit the module’s', async () => {
    const made = testCore();
    const formOf = async () =>
      ((await planOf(made, { module: 'translate' })) as { plan: { body: Record<string, unknown> } }).plan
        .body['response_format'];
    const shipped = await formOf();
    await made.ask('presets.update', { ...first, set: { schema: null } });
    expect(await formOf()).toBeUndefined();
    await made.ask('presets.update', {
      ...first,
      set: {
        schema: {
          type: 'object',
          properties: { text: { type: 'string' } },
          required: ['text'],
          additionalProperties: false,
        },
      },
    });
    expect(JSON.stringify(await formOf())).toContain('"text"');
    await made.ask('presets.update', { ...first, unset: ['schema'] });
    expect([await formOf(), fileOf(made)['edits']]).toEqual([shipped, {}]);
  });

  test('can ignore a rule, and an empty list ignores none again', async () => {
    const made = testCore();
    await made.ask('presets.update', { ...first, set: { ignore_rules: ['some-rule'] } });
    expect(fileOf(made)['edits']).toMatchObject({ [first.id]: { ignore_rules: ['some-rule'] } });
    const { preset } = await made.ask('presets.update', { ...first, set: { ignore_rules: [] } });
    expect([preset.dirty, fileOf(made)['edits']]).toEqual([false, {}]);
  });

  test('of a retired one to a current model replaces the retired one', async () => {
    const made = testCore();
    const dead = { module: 'narrator', id: 'narrator-07-gemini-gemini-1.5-ultra' };
    await made.ask('presets.update', { ...dead, set: { model: 'gemini-3.8-flash' } });
    await made.ask('presets.activate', dead);
    expect(await moduleOf(made, 'narrator')).toMatchObject({
      active_preset: dead.id,
      model: 'gemini-3.8-flash',
    });
  });

  test('a preset of the user’s own has no built-in form to reset to', async () => {
    const { ask, refusal } = testCore();
    await ask('presets.create', create());
    expect((await refusal('presets.reset', { module: 'translate', id: 'my-translator' })).code).toBe(
      'invalid_request',
    );
  });
});

describe('a copy', () => {
  test('of a built-in one is the user’s own, with the current edits', async () => {
    const { ask } = testCore();
    await ask('presets.update', { ...first, set: { options: { temperature: 0.9 } } });
    const { preset } = await ask('presets.duplicate', first);
    expect(preset).toMatchObject({
      id: `${first.id}-copy`,
      origin: 'user',
      current: { options: { temperature: 0.9 }, provider: 'openai_public' },
    });
    expect((await ask('presets.duplicate', first)).preset.id).toBe(`${first.id}-copy-2`);
  });

  test('goes to another module under the given id', async () => {
    const made = testCore();
    await made.ask('presets.duplicate', { ...first, to: 'Chat', as: 'from-translate' });
    expect((await moduleOf(made, 'vn_chat'))?.shortlist.at(-1)).toMatchObject({
      id: 'from-translate',
      model: 'gpt-4.1-mini',
    });
  });
});

describe('the user’s choice of the active preset', () => {
  test('wins over ComfyVN’s default, and clearing it restores that default', async () => {
    const made = testCore({ env: { COMFYVN_LLM_REGISTRY: comfyvnRegistry } });
    const before = await moduleOf(made);
    expect(before).toMatchObject({ active_preset: null, model: 'phi-3-mini-4k-instruct' });
    await made.ask('presets.activate', first);
    expect(await moduleOf(made)).toMatchObject({ active_preset: first.id, model: 'gpt-4.1-mini' });
    expect(await made.ask('presets.list', { module: 'translate' })).toMatchObject({
      chosen: first.id,
      active: first.id,
    });
    await made.ask('presets.activate', { module: 'translate', id: null });
    expect(await moduleOf(made)).toEqual(before);
  });

  test('of a model that is retired moves to its successor, as a built-in default does', async () => {
    const made = testCore();
    await made.ask('presets.activate', { module: 'translate', id: 'translate-02-openai-gpt-4o-mini' });
    made.clock.set('2027-01-15');
    expect(await moduleOf(made)).toMatchObject({
      active_preset: 'translate-12-openai-gpt-6-luna',
      moved: expect.stringContaining('translate-02'),
    });
    expect(await made.ask('presets.list', { module: 'translate' })).toMatchObject({
      chosen: 'translate-02-openai-gpt-4o-mini',
      active: 'translate-12-openai-gpt-6-luna',
    });
  });

  test('is removed with its preset', async () => {
    const made = testCore();
    await made.ask('presets.create', create());
    await made.ask('presets.activate', { module: 'translate', id: 'my-translator' });
    expect((await made.ask('presets.remove', { module: 'translate', id: 'my-translator' })).warnings).toEqual(
      [expect.stringContaining('goes back to its default')],
    );
    expect(await moduleOf(made)).toMatchObject({ active_preset: 'translate-11-openai-gpt-6-luna' });
    await made.ask('presets.undo', {});
    expect(await moduleOf(made)).toMatchObject({ active_preset: 'my-translator' });
  });
});

test('the list fits its contract, and a key pasted into a note is redacted in it', async () => {
  const made = testCore({ env: { OPENAI_API_KEY: 'pasted-0123456789abcdef' } });
  await made.ask('registry.get');
  await made.ask('presets.create', create({ notes: 'pasted-0123456789abcdef' }));
  const list = await made.ask('presets.list', { module: 'Translate' });
  expect(modulePresets.safeParse(list).error).toBeUndefined();
  expect(list.presets.at(-1)?.current.notes).toBe('••••cdef');
});

test('a file written by another program takes effect by itself', async () => {
  const made = testCore();
  made.core.settle();
  made.write('config/llm/presets/translate.json', {
    version: 1,
    active: 'my-translator',
    presets: [mine],
    edits: {},
  });
  const view = await untilRegistry(
    made,
    (v) => v.defaults.modules['translate']?.active_preset === 'my-translator',
  );
  expect(view.defaults.modules['translate']?.model).toBe(mine.model);
});
