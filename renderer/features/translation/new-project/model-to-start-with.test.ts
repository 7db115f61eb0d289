import { expect, test } from 'vitest';
import { modelToStartWith } from './model-to-start-with.ts';

type Registry = Parameters<typeof modelToStartWith>[0];

const provider = (name: string, enabled: boolean) =>
  ({ name, enabled, credentials: { required: false, present: false } }) as Registry['providers'][number];
const registry = (cloudIsOn: boolean) =>
  ({
    providers: [provider('cloud', cloudIsOn), provider('local', true), provider('stub', true)],
    defaults: { modules: { translate: { provider: 'cloud', model: 'large' } } },
  }) as unknown as Registry;
const bench = (name: string | null) => ({ module: 'vn_chat', provider: name, model: 'small', preset: null });

test('a project follows the active preset if its provider can answer', () => {
  expect(modelToStartWith(registry(true), bench('local'))).toEqual({});
});

test('if it cannot, the model of the Bench is used', () => {
  expect(modelToStartWith(registry(false), bench('local'))).toEqual({ provider: 'local', model: 'small' });
});

test('neither the stub nor a provider that cannot answer either is used', () => {
  for (const name of ['stub', 'cloud', 'gone', null])
    expect(modelToStartWith(registry(false), bench(name))).toEqual({});
});
