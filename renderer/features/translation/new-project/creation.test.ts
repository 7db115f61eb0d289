import { afterEach, beforeEach, expect, test, vi } from 'vitest';

type Call = [operation: string, input: Record<string, unknown>];

const failed = { ok: false, error: { code: 'file_unreadable', message: 'no game is here', request_id: '' } };
const calls: Call[] = [];
let folder = '';

/** A core with its projects in `folder`, which cannot read any game. */
async function answer(operation: string, input: Record<string, unknown>) {
  calls.push([operation, input]);
  if (operation === 'translate.import') return failed;
  if (operation === 'translate.create')
    return { ok: true, data: { project: { id: 'a', folder, imported_at: null } } };
  if (operation === 'registry.get') return { ok: true, data: { providers: [], defaults: { modules: {} } } };
  return { ok: true, data: {} };
}

const page = { location: { hash: '' }, panel: { request: answer, on: () => () => {} } };

beforeEach(() => {
  calls.length = 0;
  vi.stubGlobal('window', page);
});
afterEach(() => vi.unstubAllGlobals());

async function create(paths: string[], at: string) {
  folder = at;
  const { createFrom, useCreation } = await import('./creation.ts');
  await createFrom({ paths });
  const { busy, error } = useCreation.getState();
  expect(busy).toBeNull();
  return { error, removed: calls.filter(([operation]) => operation === 'translate.remove') };
}

test('a new project whose game cannot be read is removed with its folder', async () => {
  const { error, removed } = await create(['/games/mist'], '/data/translations/mist-0a1b2c');
  expect(error).toEqual(failed.error);
  expect(removed).toEqual([['translate.remove', { project: 'a', delete_files: true }]]);
});

test('a project folder that is dropped again keeps its files if its game cannot be read', async () => {
  const own = '/data/translations/mist-0a1b2c';
  for (const path of [own, `${own}/`, 'C:\\data\\mist-0a1b2c']) {
    const { error, removed } = await create([path], own);
    expect(error).toEqual(failed.error);
    expect(removed).toEqual([]);
  }
});

type Registry = Parameters<(typeof import('./creation.ts'))['modelToStartWith']>[0];

const provider = (name: string, enabled: boolean) =>
  ({ name, enabled, credentials: { required: false, present: false } }) as Registry['providers'][number];
const registry = (cloudIsOn: boolean) =>
  ({
    providers: [provider('cloud', cloudIsOn), provider('local', true), provider('stub', true)],
    defaults: { modules: { translate: { provider: 'cloud', model: 'large' } } },
  }) as unknown as Registry;
const bench = (name: string | null) => ({ module: 'vn_chat', provider: name, model: 'small', preset: null });

test('a project follows the active preset if its provider can answer', async () => {
  const { modelToStartWith } = await import('./creation.ts');
  expect(modelToStartWith(registry(true), bench('local'))).toEqual({});
});

test('if it cannot, the model of the Bench is used', async () => {
  const { modelToStartWith } = await import('./creation.ts');
  expect(modelToStartWith(registry(false), bench('local'))).toEqual({ provider: 'local', model: 'small' });
});

test('neither the stub nor a provider that cannot answer either is used', async () => {
  const { modelToStartWith } = await import('./creation.ts');
  for (const name of ['stub', 'cloud', 'gone', null])
    expect(modelToStartWith(registry(false), bench(name))).toEqual({});
});
