import { expect, test } from 'vitest';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import type { Target } from '../../../state/target.ts';
import { contestantsOf } from './contestants-of.ts';

const registry = {
  providers: [
    { name: 'stub', models: [{ id: 'stub-echo', label: 'Echo', lifecycle: { status: 'active' } }] },
  ],
  defaults: {
    provider: 'stub',
    model: 'stub-echo',
    modules: {
      translate: { provider: 'p', model: 'm', active_preset: 'serving' },
      bare: { provider: 'p', model: 'm', active_preset: null },
    },
  },
  runtime: [],
} as unknown as RegistryView;
const target = (overrides: Partial<Target> = {}): Target => ({
  module: 'translate',
  provider: null,
  model: null,
  preset: null,
  ...overrides,
});
const none = () => Promise.resolve(null);

test.each<[string, Target, object]>([
  ['a model', target({ provider: 'p', model: 'x' }), { provider: 'p', model: 'x' }],
  ['a preset', target({ preset: 'own' }), { preset: 'own' }],
  ['the module’s preset', target(), { preset: 'serving' }],
  ['a module without a preset', target({ module: 'bare' }), { provider: 'p', model: 'm' }],
  ['no module', target({ module: null }), { provider: 'stub', model: 'stub-echo' }],
  ['a provider’s first model', target({ provider: 'stub' }), { provider: 'stub', model: 'stub-echo' }],
])('a column with %s takes part', async (_what, one, contestant) => {
  expect(await contestantsOf([one], registry, none)).toEqual([contestant]);
});

test('a local server takes part with a model that it has installed', async () => {
  const installed = () => Promise.resolve('qwen');
  expect(await contestantsOf([target({ provider: 'stub' })], registry, installed)).toEqual([
    { provider: 'stub', model: 'qwen' },
  ]);
});

test('identical columns take part once, and a column without any model does not take part', async () => {
  const columns = [target(), target(), target({ provider: 'unknown' })];
  expect(await contestantsOf(columns, registry, none)).toEqual([{ preset: 'serving' }]);
});
