import { expect, test } from 'vitest';
import type { Diagnostics, ProviderView } from '../../../contract/provider.ts';
import { groupProviders } from './provider-groups.ts';

const provider = (name: string, part: Partial<ProviderView> = {}) =>
  ({
    name,
    label: name,
    kind: 'cloud',
    adapter: 'openai',
    tags: ['cloud'],
    enabled: true,
    credentials: { required: true, present: true, source: null },
    ...part,
  }) as ProviderView;
const credentials = {
  required: true,
  present: false,
  source: null,
  state: 'missing',
  origin: null,
  env: [],
} as const;
const dead: Diagnostics = { status: 'unreachable', latency_ms: null, checked_at: '', message: '' };
const providers = [
  provider('off', { enabled: false }),
  provider('keyless', { credentials: { ...credentials, env: [] } }),
  provider('fine'),
  provider('dead', { kind: 'local', tags: ['local'] }),
];
const shown = (search?: string) =>
  groupProviders(providers, new Map([['dead', dead]]), search).map(
    (group) => `${group.standing}: ${group.providers.map(({ name }) => name).join(' ')}`,
  );

test('every provider stands in exactly one group, ready ones first', () => {
  expect(shown()).toEqual(['ready: fine', 'needs_key: keyless', 'unreachable: dead', 'off: off']);
});

test('a search finds a kind as well as a name and leaves no empty group', () => {
  expect(shown(' LOCAL ')).toEqual(['unreachable: dead']);
  expect(shown('nothing like it')).toEqual([]);
});
