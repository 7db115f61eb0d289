import { expect, test } from 'vitest';
import { presetUpdate } from './preset-update.ts';

const settings = { provider: 'p', model: 'm', options: { top_p: null }, notes: '' };

test('a field that the form no longer has is removed from the saved preset, although JSON does not transmit `undefined`', () => {
  const update = presetUpdate({ ...settings, ignore_rules: undefined });
  expect(JSON.parse(JSON.stringify(update))).toEqual({
    set: { ...settings, ignore_rules: [] },
    unset: ['schema', 'provider_options'],
  });
});

test('a schema of `null` is a setting, and is not removed', () => {
  const { set, unset } = presetUpdate({ ...settings, schema: null, ignore_rules: ['r'] });
  expect(set).toEqual({ ...settings, schema: null, ignore_rules: ['r'] });
  expect(unset).toEqual(['provider_options']);
});
