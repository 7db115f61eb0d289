import { expect, test } from 'vitest';
import type { LifecycleView } from '../../../../contract/module-preset.ts';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import { firstTarget } from '../../../state/target.ts';
import {
  existingTarget,
  modelOptions,
  moduleGroups,
  presetGroups,
  providerGroups,
  servingProvider,
} from './target-options.ts';

const lifecycle = (status: LifecycleView['status']): LifecycleView => ({
  status,
  shutdown: null,
  successor: null,
  source: null,
  as_of: null,
});
const provider = (name: string, part: object = {}) => ({
  name,
  label: name.toUpperCase(),
  kind: 'cloud',
  enabled: true,
  credentials: { required: false, present: false, source: null },
  models: [{ id: `${name}-1`, label: 'One', lifecycle: lifecycle('active') }],
  ...part,
});
const preset = (id: string, rank: number, status: LifecycleView['status']) => ({
  id,
  rank,
  provider: 'cloud',
  model: `model-${id}`,
  lifecycle: lifecycle(status),
});
const registry = {
  providers: [provider('stub', { kind: 'stub' }), provider('cloud', { enabled: false })],
  runtime: [
    { adapter_id: 'inherits', provider: 'cloud', label: 'Inherits', modes: [], metadata: {} },
    {
      adapter_id: 'own',
      provider: 'cloud',
      label: 'Own',
      modes: [],
      metadata: { models: ['mine', { id: 'other' }, 5] },
    },
  ],
  defaults: {
    provider: 'stub',
    model: 'echo',
    modules: {
      zzz: { provider: 'stub', model: 'echo', shortlist: [] },
      translate: {
        provider: 'cloud',
        model: 'model-b',
        shortlist: [preset('b', 2, 'active'), preset('a', 1, 'retired')],
      },
    },
  },
} as unknown as RegistryView;
const target = { ...firstTarget, module: 'translate', provider: null };
const values = (groups: { options: { value: string }[] }[]) =>
  groups.map(({ options }) => options.map(({ value }) => value));

test('modules that only the registry knows are listed', () => {
  expect(values(moduleGroups(registry))).toEqual([[''], ['translate', 'zzz']]);
});

test('ready providers come before disabled ones, and adapters are targets too', () => {
  expect(values(providerGroups(registry, target))).toEqual([[''], ['stub'], ['cloud'], ['inherits', 'own']]);
});

test('a retired preset keeps its rank, struck through', () => {
  expect(presetGroups(registry, target)[1]?.options).toMatchObject([
    { value: 'a', struck: true, note: 'cloud · retired' },
    { value: 'b', struck: false, note: 'cloud' },
  ]);
});

test('presets of one model are distinguished by the preset they replace', () => {
  const options = presetGroups(
    {
      ...registry,
      defaults: {
        ...registry.defaults,
        modules: {
          translate: {
            ...registry.defaults.modules.translate,
            shortlist: [preset('a', 1, 'retired'), { ...preset('c', 11, 'active'), replaces: 'a' }],
          },
        },
      },
    } as unknown as RegistryView,
    target,
  )[1]?.options;
  expect(options?.[1]).toMatchObject({ label: '11. model-c', note: 'cloud · replaces 1' });
});

test('an adapter lists its own models, or else its provider’s', () => {
  const modelsOf = (name: string) =>
    modelOptions(registry, { ...target, provider: name }).map(({ value }) => value);
  expect(modelsOf('own')).toEqual(['mine', 'other']);
  expect(modelsOf('inherits')).toEqual(['cloud-1']);
});

test('a local server’s installed models come first, chat models before others; a missing one is marked', () => {
  const local = {
    providers: [provider('local', { kind: 'local' })],
    runtime: [],
    defaults: registry.defaults,
  };
  const options = modelOptions(local as unknown as RegistryView, { ...target, provider: 'local' }, [
    'text-embedding-nomic',
    'qwen2.5-7b',
  ]);
  expect(options.map(({ value, note }) => [value, note])).toEqual([
    ['qwen2.5-7b', undefined],
    ['text-embedding-nomic', 'not a chat model'],
    ['local-1', 'not installed'],
  ]);
});

test('a saved target whose adapter is gone falls back to the default', () => {
  expect(existingTarget(registry, { ...target, provider: 'gone', model: 'x' })).toMatchObject({
    provider: 'stub',
    model: null,
  });
  expect(existingTarget(registry, { ...target, module: 'gone' }).module).toBeNull();
  expect(existingTarget(registry, { ...target, provider: 'own', model: 'mine' })).toMatchObject({
    provider: 'own',
    model: 'mine',
  });
});

test('the provider follows from preset, module and defaults, in that order', () => {
  expect(servingProvider(registry, { ...target, preset: 'a' })).toBe('cloud');
  expect(servingProvider(registry, { ...target, module: 'zzz' })).toBe('stub');
  expect(servingProvider(registry, { ...target, module: null })).toBe('stub');
});
