import { expect, test } from 'vitest';
import type { RegistryView } from '../../../../contract/operations/registry.ts';
import { modelRows, textOfRow } from './model-rows.ts';

const model = (id: string, wireId: string | null = null) => ({
  id,
  wire_id: wireId,
  label: id,
  tags: ['chat'],
  lifecycle: { status: 'active' },
});
const registry = {
  providers: [
    { name: 'a', label: 'A', kind: 'cloud', models: [model('m', 'm-2026'), model('n')] },
    { name: 'b', label: 'B', kind: 'local', models: [model('m')] },
  ],
  defaults: {
    modules: {
      translate: {
        active_preset: 'one',
        shortlist: [
          { id: 'one', provider: 'a', model: 'm' },
          { id: 'two', provider: 'a', model: 'm-2026' },
        ],
      },
    },
  },
} as unknown as RegistryView;

test('a model of two providers is two rows, and is in use only at the provider of the preset', () => {
  const rows = modelRows(registry, registry.providers);
  expect(rows.map(({ key }) => key)).toEqual(['a/m', 'a/n', 'b/m']);
  expect(rows.map(({ usedBy }) => usedBy.length)).toEqual([2, 0, 0]);
});

test('a preset that names a model by the provider’s id uses it too', () => {
  const [row] = modelRows(registry, registry.providers);
  expect(row?.usedBy).toEqual([
    { module: 'translate', preset: 'one', active: true },
    { module: 'translate', preset: 'two', active: false },
  ]);
  expect(row && textOfRow(row)).toContain('translate');
});
