import { expect, test } from 'vitest';
import type { RegistryView } from '../../../contract/operations/registry.ts';
import { selectionIn } from './selection-in-path.ts';

const credentials = { required: false, present: false, source: null };
const registry = {
  providers: [
    { name: 'off', enabled: false, credentials },
    { name: 'ready', enabled: true, credentials },
  ],
  runtime: [{ adapter_id: 'a' }],
} as unknown as RegistryView;
const first = { kind: 'provider', name: 'ready', tab: 'connection' };

test('a removed adapter does not leave the pane blank', () => {
  expect(selectionIn(registry, ['gone'])).toEqual(first);
  expect(selectionIn(registry, ['a'])).toEqual({ kind: 'adapter', id: 'a' });
  expect(selectionIn({ ...registry, providers: [] }, [])).toEqual({ kind: 'none' });
});

test('an unknown tab opens the first one, and so do names of built-in properties', () => {
  expect(selectionIn(registry, ['off', 'models'])).toEqual({ kind: 'provider', name: 'off', tab: 'models' });
  expect(selectionIn(registry, ['off', 'modles'])).toEqual({
    kind: 'provider',
    name: 'off',
    tab: 'connection',
  });
  expect(selectionIn(registry, ['constructor'])).toEqual(first);
});
