import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testCore, type TestCore } from '../__fixtures__/test-core.ts';

const mine = { provider: 'stub', model: 'stub-echo', options: { seed: 1 }, notes: 'Mine.' };
const at = (id: string) => ({ module: 'translate', id });
const first = at('translate-01-openai-gpt-4.1-mini');
const textOf = ({ root }: TestCore) => readFileSync(join(root, 'config/llm/presets/translate.json'), 'utf8');
const trashOf = ({ root }: TestCore) => {
  const folder = join(root, 'config/llm/trash');
  return readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
};

async function withThree(): Promise<TestCore> {
  const made = testCore();
  for (const id of ['a', 'b', 'c'])
    await made.ask('presets.create', { module: 'translate', preset: { ...mine, id } });
  await made.ask('presets.update', { ...first, set: { notes: 'Edited.' } });
  await made.ask('presets.activate', at('b'));
  return made;
}

describe('undo restores the exact bytes', () => {
  const changes: [string, (made: TestCore) => Promise<unknown>][] = [
    [
      'of a removed preset, in its old position and active again',
      ({ ask }) => ask('presets.remove', at('b')),
    ],
    ['of a reset', ({ ask }) => ask('presets.reset', first)],
    ['of an update', ({ ask }) => ask('presets.update', { ...at('c'), set: { options: {} } })],
    ['of a rename', ({ ask }) => ask('presets.update', { ...at('b'), rename: 'z' })],
    ['of a copy', ({ ask }) => ask('presets.duplicate', at('a'))],
    ['of another active preset', ({ ask }) => ask('presets.activate', at('a'))],
  ];
  test.each(changes)('%s', async (_what, change) => {
    const made = await withThree();
    const before = [textOf(made), await made.ask('registry.get')];
    await change(made);
    expect(textOf(made)).not.toBe(before[0]);
    await made.ask('presets.undo', {});
    expect([textOf(made), await made.ask('registry.get')]).toEqual(before);
  });
});

test('changes are undone one by one, the latest first', async () => {
  const made = await withThree();
  const { changes } = await made.ask('presets.list', { module: 'translate' });
  expect(changes.map(({ summary }) => summary)).toEqual([
    'made b serve translate',
    `changed ${first.id}`,
    ...Array(3).fill('created a preset of translate'),
  ]);
  for (const { id } of changes) expect((await made.ask('presets.undo', {})).undone.id).toBe(id);
  expect(JSON.parse(textOf(made))).toEqual({ version: 1, active: null, presets: [], edits: {} });
  expect((await made.refusal('presets.undo', {})).code).toBe('not_found');
});

test('an earlier change can be undone by its id, and later changes to other presets stay', async () => {
  const { ask } = await withThree();
  const { change } = await ask('presets.remove', at('a'));
  await ask('presets.update', { ...at('c'), set: { notes: 'Later.' } });
  await ask('presets.undo', { change: change?.id });
  const { presets } = await ask('presets.list', { module: 'translate' });
  expect(presets.slice(-3).map((p) => [p.id, p.current.notes])).toEqual([
    ['a', 'Mine.'],
    ['b', 'Mine.'],
    ['c', 'Later.'],
  ]);
});

test('an undo never overwrites a later change: it fails with the reason, and stays possible', async () => {
  const made = await withThree();
  const { change } = await made.ask('presets.update', { ...at('a'), set: { notes: 'One.' } });
  await made.ask('presets.update', { ...at('a'), set: { notes: 'Two.' } });
  expect(await made.refusal('presets.undo', { change: change?.id })).toMatchObject({
    code: 'invalid_request',
    message: expect.stringContaining('"a" was changed again'),
  });
  await made.ask('presets.undo', {});
  await made.ask('presets.undo', { change: change?.id });
  expect(
    (await made.ask('presets.list', { module: 'translate' })).presets.find((p) => p.id === 'a')?.current
      .notes,
  ).toBe('Mine.');
});

test('at most fifty changes can be undone', async () => {
  const made = testCore();
  for (let n = 0; n < 55; n++) await made.ask('presets.update', { ...first, set: { notes: `${n}` } });
  expect((await made.ask('presets.list', { module: 'translate' })).changes).toHaveLength(50);
});

test('a change without an effect cannot be undone, and writes nothing', async () => {
  const made = testCore();
  expect((await made.ask('presets.reset', first)).change).toBeNull();
  expect((await made.ask('presets.list', { module: 'translate' })).changes).toEqual([]);
  expect(() => textOf(made)).toThrow('ENOENT');
});

describe('a deleted preset', () => {
  test('is in the trash as a file that can be imported, also after a restart', async () => {
    const made = await withThree();
    const before = textOf(made);
    await made.ask('presets.remove', at('c'));
    await made.ask('presets.reset', first);
    const documents = trashOf(made);
    expect(documents).toHaveLength(2);
    const again = testCore({ files: { 'config/llm/presets/translate.json': textOf(made) } });
    for (const document of documents) await again.ask('presets.import', { document, mode: 'apply' });
    expect(textOf(again)).toBe(before);
  });

  test('leaves the trash once it is restored', async () => {
    const made = await withThree();
    await made.ask('presets.remove', at('c'));
    await made.ask('presets.undo', {});
    expect(trashOf(made)).toEqual([]);
  });
});
