import { expect, test } from 'vitest';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import type { Target } from '../../../state/target.ts';
import { presetSettings, withSettings } from './preset-settings.ts';

const registry = {
  defaults: {
    modules: {
      translate: {
        options: { temperature: 0.3, max_tokens: 2048 },
        shortlist: [{ id: 'other', options: { temperature: 0.9 } }],
      },
      bare: { options: {}, shortlist: [] },
    },
  },
} as unknown as RegistryView;
const column = (overrides: Partial<Target> = {}) => ({
  id: 'x',
  target: { module: 'translate', provider: null, model: null, preset: null, ...overrides },
});

test('a compared model gets the settings of the module’s active preset', () => {
  const picked = column({ provider: 'lmstudio_local', model: 'qwen' });
  expect(presetSettings(picked, [column()], registry)).toEqual({ temperature: 0.3, max_tokens: 2048 });
});

test('if the first column shows another preset, that preset’s settings are used instead', () => {
  const picked = column({ provider: 'lmstudio_local' });
  expect(presetSettings(picked, [column({ preset: 'other' }), picked], registry)).toEqual({
    temperature: 0.9,
  });
});

test.each([
  ['a preset', column()],
  ['the stub', column({ provider: 'stub' })],
  ['no module', column({ module: null, provider: 'lmstudio_local' })],
  ['a module whose preset sets nothing', column({ module: 'bare', provider: 'lmstudio_local' })],
])('a column with %s gets no settings', (_what, one) => {
  expect(presetSettings(one, [one], registry)).toBeNull();
});

test('settings of the input take precedence over those of the preset', () => {
  const input = { draft: [], overrides: { params: { temperature: 1 } } };
  expect(withSettings(input, { temperature: 0.3, max_tokens: 9 })).toEqual({
    draft: [],
    overrides: { params: { temperature: 1, max_tokens: 9 } },
  });
});
