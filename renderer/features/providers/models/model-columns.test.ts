import { expect, test } from 'vitest';
import { modelColumns } from './model-columns.tsx';
import type { ModelRow } from './model-rows.ts';

const row = (id: string, more: Partial<ModelRow['model']> = {}, kind = 'cloud') =>
  ({
    key: id,
    provider: { kind },
    model: { id, label: id, context: null, pricing: null, checked: null, tags: ['chat'], ...more },
    usedBy: [],
  }) as unknown as ModelRow;
const idsOf = (rows: ModelRow[], ofAll = false) => modelColumns(rows, ofAll).map(({ id }) => id);

test('a model’s state is beside its name, whatever else is shown', () => {
  expect(idsOf([row('m')]).slice(0, 2)).toEqual(['model', 'lifecycle']);
  expect(idsOf([row('m')], true).slice(0, 3)).toEqual(['model', 'lifecycle', 'provider']);
});

test('a column that is empty in every row is left out', () => {
  expect(idsOf([row('m')])).toEqual(['model', 'lifecycle', 'price', 'tags']);
  const checked = { as_of: '2026-11-01', source: 'its list' };
  expect(idsOf([row('m'), row('n', { context: 8192, checked })])).toEqual([
    'model',
    'lifecycle',
    'context',
    'price',
    'checked',
    'tags',
  ]);
});

test('the name’s column is as wide as the longest id, within limits', () => {
  const widthFor = (length: number) => modelColumns([row('m'.repeat(length))], false)[0]?.width ?? 0;
  expect(widthFor(26)).toBeGreaterThan(26 * 7);
  expect(widthFor(26)).toBeGreaterThan(widthFor(20));
  expect(widthFor(200)).toBe(336);
  expect(widthFor(1)).toBe(150);
});
