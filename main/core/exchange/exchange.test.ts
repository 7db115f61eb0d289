import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PresetDocument } from '../../../contract/user-preset.ts';
import { testCore, type TestCore } from '../__fixtures__/test-core.ts';

const folder = 'config/llm/presets';
const first = { module: 'translate', id: 'translate-01-openai-gpt-4.1-mini' };
const schema = { type: 'object', properties: { token: { type: 'string' }, password: { type: 'string' } } };
/** Everything that a preset can contain, in an unusual order. */
const rich = {
  id: 'rich',
  provider: 'openrouter',
  model: 'qwen/qwen-2.5-72b-instruct',
  options: {
    zeta: [1, { b: 2, a: null }],
    top_p: 0.5,
    stop: ['a', 'ä\u2028'],
    temperature: 1e-7,
    max_tokens: 64,
  },
  schema,
  provider_options: { query: { b: '1' }, headers: { 'X-Title': 'Ä title' }, body: { transforms: [] } },
  notes: 'Line one\nline two',
};
const textOf = ({ root }: TestCore, module: string) =>
  readFileSync(join(root, folder, `${module}.json`), 'utf8');

async function filled(): Promise<TestCore> {
  const made = testCore({
    files: {
      'config/llm/providers/box.json': {
        name: 'box',
        adapter: 'lmstudio',
        base: 'http://127.0.0.1:9/v1',
        models: [{ id: 'm' }],
      },
    },
  });
  await made.ask('presets.create', { module: 'translate', preset: rich });
  await made.ask('presets.create', {
    module: 'translate',
    preset: { ...rich, id: 'active-one', schema: null },
  });
  await made.ask('presets.activate', { module: 'translate', id: 'active-one' });
  await made.ask('presets.update', { ...first, set: { options: { temperature: 0.5 } } });
  await made.ask('presets.create', { module: 'narrator', preset: { ...rich, provider: 'box', model: 'm' } });
  return made;
}

const exported = async ({ ask }: TestCore, input: object) => ask('presets.export', input);

describe('an export and its import are equal byte for byte:', () => {
  test('everything, with the providers, into an empty folder', async () => {
    const made = await filled();
    const { text, document, file_name, left_out } = await exported(made, { scope: 'everything' });
    expect([file_name, left_out, JSON.parse(text)]).toEqual([
      'comfyvn-presets-everything.json',
      [],
      document,
    ]);
    const other = testCore();
    const { applied, items, warnings } = await other.ask('presets.import', { document: text, mode: 'apply' });
    expect([applied, warnings, new Set(items.map((i) => i.outcome))]).toEqual([
      true,
      [],
      new Set(['added', 'replaced']),
    ]);
    for (const module of ['translate', 'narrator']) expect(textOf(other, module)).toBe(textOf(made, module));
    expect((await exported(other, { scope: 'everything' })).text).toBe(text);
    const provider = async ({ ask }: TestCore) =>
      (await ask('registry.get')).providers.find((p) => p.name === 'box');
    expect(await provider(other)).toEqual(await provider(made));
    expect((await other.ask('registry.get')).defaults.modules).toEqual(
      (await made.ask('registry.get')).defaults.modules,
    );
  });

  test('a module', async () => {
    const made = await filled();
    const { text } = await exported(made, { scope: 'module', module: 'Translate' });
    const other = testCore();
    await other.ask('presets.import', { document: text, mode: 'apply' });
    expect([textOf(other, 'translate'), existsSync(join(other.root, folder, 'narrator.json'))]).toEqual([
      textOf(made, 'translate'),
      false,
    ]);
  });

  test('one preset, without changing the others or the active one', async () => {
    const made = await filled();
    const { text } = await exported(made, { scope: 'preset', module: 'translate', id: 'rich' });
    const other = testCore();
    await other.ask('presets.activate', first);
    await other.ask('presets.import', { document: text, mode: 'apply' });
    const { presets, chosen } = await other.ask('presets.list', { module: 'translate' });
    const own = (await made.ask('presets.list', { module: 'translate' })).presets.find(
      (p) => p.id === 'rich',
    );
    expect([chosen, JSON.stringify(presets.at(-1))]).toEqual([first.id, JSON.stringify(own)]);
  });

  test('one built-in preset with its edits; without edits there is nothing to export', async () => {
    const made = await filled();
    const { text } = await exported(made, { scope: 'preset', ...first });
    const other = testCore();
    await other.ask('presets.import', { document: text, mode: 'apply' });
    expect((await other.ask('presets.list', { module: 'translate' })).presets[0]).toMatchObject({
      dirty: true,
      current: { options: { temperature: 0.5 } },
    });
    const plain = await exported(testCore(), { scope: 'preset', ...first });
    expect((await testCore().ask('presets.import', { document: plain.text, mode: 'preview' })).items).toEqual(
      [expect.objectContaining({ outcome: 'same' })],
    );
  });
});

describe('a preview', () => {
  test('reports what apply then does, and changes nothing', async () => {
    const made = await filled();
    const { document } = await exported(made, { scope: 'everything' });
    const other = testCore();
    await other.ask('presets.create', { module: 'translate', preset: { ...rich, notes: 'Another.' } });
    await other.ask('presets.create', {
      module: 'narrator',
      preset: { ...rich, provider: 'box', model: 'm' },
    });
    const before = [
      textOf(other, 'translate'),
      textOf(other, 'narrator'),
      readdirSync(join(other.root, 'config/llm')),
    ];
    const preview = await other.ask('presets.import', { document, mode: 'preview' });
    expect(preview.items).toEqual([
      { module: 'narrator', what: 'preset', id: 'rich', outcome: 'same' },
      { module: 'translate', what: 'preset', id: 'rich', outcome: 'replaced' },
      { module: 'translate', what: 'preset', id: 'active-one', outcome: 'added' },
      { module: 'translate', what: 'edit', id: first.id, outcome: 'replaced' },
      { module: 'translate', what: 'active', id: 'active-one', outcome: 'added' },
      {
        module: null,
        what: 'provider',
        id: 'box',
        outcome: 'added',
        note: expect.stringContaining('http://127.0.0.1:9/v1'),
        note_detail: { code: 'calls_go_to', values: { base: 'http://127.0.0.1:9/v1' } },
      },
    ]);
    expect([
      textOf(other, 'translate'),
      textOf(other, 'narrator'),
      readdirSync(join(other.root, 'config/llm')),
    ]).toEqual(before);
    expect((await other.ask('presets.import', { document, mode: 'apply' })).items).toEqual(preview.items);
    const again = await other.ask('presets.import', { document, mode: 'apply' });
    expect([new Set(again.items.map((i) => i.outcome)), again.change]).toEqual([new Set(['same']), null]);
  });
});

test('an import can be undone as a whole, providers included', async () => {
  const { text } = await exported(await filled(), { scope: 'everything' });
  const other = testCore();
  await other.ask('presets.create', { module: 'translate', preset: { ...rich, notes: 'Mine.' } });
  const before = [textOf(other, 'translate'), await other.ask('registry.get')];
  await other.ask('presets.import', { document: text, mode: 'apply' });
  await other.ask('presets.undo', {});
  expect([textOf(other, 'translate'), await other.ask('registry.get')]).toEqual(before);
});

test('an undo that could restore only a part of an import does nothing', async () => {
  const { text } = await exported(await filled(), { scope: 'everything' });
  const other = testCore();
  const { change } = await other.ask('presets.import', { document: text, mode: 'apply' });
  // This one is undone last: without a check in advance, the others would already be undone.
  await other.ask('presets.update', { module: 'narrator', id: 'rich', set: { notes: 'Changed.' } });
  const before = [textOf(other, 'translate'), textOf(other, 'narrator'), await other.ask('registry.get')];
  expect((await other.refusal('presets.undo', { change: change?.id })).code).toBe('invalid_request');
  expect([textOf(other, 'translate'), textOf(other, 'narrator'), await other.ask('registry.get')]).toEqual(
    before,
  );
});

describe('an item that cannot be imported', () => {
  const settings = { provider: 'stub', model: 'stub-echo', options: {}, notes: '' };
  const good = { id: 'good', ...settings };
  const document = (translate: object, more: object = {}) => ({
    kind: 'comfyvn-llm-panel/presets',
    version: 1,
    modules: { translate: { presets: [], edits: {}, ...translate } },
    ...more,
  });
  const refused: [string, object, RegExp][] = [
    [
      'an unknown module',
      { ...document({}), modules: { poetry: { presets: [good], edits: {} } } },
      /no module is called "poetry"/,
    ],
    [
      'a module that is a path',
      { ...document({}), modules: { '../../x': { presets: [good], edits: {} } } },
      /no module is called/,
    ],
    [
      'the id of a built-in preset',
      document({ presets: [{ ...good, id: first.id }] }),
      /ships with the panel/,
    ],
    ['a duplicate id', document({ presets: [good, good] }), /twice/],
    ['an edit of an unknown preset', document({ edits: { gone: settings } }), /no preset of this id/],
    ['an unknown active preset', document({ active: 'gone' }), /there is no such preset/],
    ['an invalid schema', document({ presets: [{ ...good, schema: { type: 'strnig' } }] }), /schema/],
    [
      'a header with a key',
      document({ presets: [{ ...good, provider_options: { headers: { 'x-api-key': 'abc' } } }] }),
      /authentication/,
    ],
    [
      'a header that splits the request',
      document({ presets: [{ ...good, provider_options: { headers: { 'X-A': 'b\r\nX-C: d' } } }] }),
      /line break/,
    ],
  ];
  test.each(refused)(
    '%s is refused with its reason, and nothing is imported',
    async (_what, input, reason) => {
      const made = testCore();
      const whole = {
        ...input,
        modules: { ...(input as PresetDocument).modules, narrator: { presets: [good], edits: {} } },
      };
      const preview = await made.ask('presets.import', { document: whole, mode: 'preview' });
      expect(preview.items.find((item) => item.outcome === 'refused')?.reason).toMatch(reason);
      const error = await made.refusal('presets.import', { document: whole, mode: 'apply' });
      expect(error).toMatchObject({ code: 'file_unreadable', details: { items: preview.items } });
      expect(existsSync(join(made.root, folder))).toBe(false);
      const rest = await made.ask('presets.import', { document: whole, mode: 'apply', skip_refused: true });
      expect([
        rest.applied,
        (await made.ask('presets.list', { module: 'narrator' })).presets.at(-1)?.id,
      ]).toEqual([true, 'good']);
    },
  );
});
