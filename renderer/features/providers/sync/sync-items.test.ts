import { expect, test } from 'vitest';
import type { ModelSync } from '../../../../contract/model-sync.ts';
import { changeText, syncRows } from './sync-items.ts';

const item = (id: string) => ({ id, label: id, changes: [] });

test('every difference is a row of the table', () => {
  const found = { added: [item('a')], missing: [item('b')], changed: [item('c'), item('d')] };
  expect(syncRows(found as unknown as ModelSync).map(({ kind, id }) => `${kind} ${id}`)).toEqual([
    'added a',
    'missing b',
    'changed c',
    'changed d',
  ]);
});

test('a price that becomes unknown is not shown as free', () => {
  const price = { input: 1, output: 2 };
  expect(changeText({ field: 'pricing', from: price, to: null }, 'changed')).toBe('price $1 / $2 → unknown');
  expect(changeText({ field: 'context', from: null, to: 8192 }, 'added')).toBe('context 8.2k');
});
