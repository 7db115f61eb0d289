import { expect, test } from 'vitest';
import type { RegistryView } from '../../../contract/operations/registry.ts';
import { livingSelection } from './selection.ts';

const credentials = { required: false, present: false, source: null };
const registry = {
  providers: [
    { name: 'off', enabled: false, credentials },
    { name: 'ready', enabled: true, credentials },
  ],
  runtime: [{ adapter_id: 'a' }],
} as unknown as RegistryView;

test('an adapter that someone else removed does not leave the pane blank', () => {
  expect(livingSelection(registry, { kind: 'adapter', id: 'gone' })).toEqual({
    kind: 'provider',
    name: 'ready',
  });
  expect(livingSelection(registry, { kind: 'adapter', id: 'a' })).toEqual({ kind: 'adapter', id: 'a' });
  expect(livingSelection({ ...registry, providers: [] }, { kind: 'none' })).toEqual({ kind: 'none' });
});
