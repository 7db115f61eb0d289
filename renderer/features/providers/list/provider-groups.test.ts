import { expect, test } from 'vitest';
import type { Diagnostics, ProviderView } from '../../../../contract/provider.ts';
import type { ListFilter } from './list-filter.ts';
import { kindsIn, noFilter, tagsIn } from './list-filter.ts';
import { groupProviders } from './provider-groups.ts';

const provider = (name: string, part: Partial<ProviderView> = {}) =>
  ({
    name,
    label: name,
    kind: 'cloud',
    adapter: 'openai',
    tags: ['cloud'],
    models: [{ tags: ['chat'] }],
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
const fine: Diagnostics = { status: 'ok', latency_ms: 5, checked_at: '', message: '' };
const dead: Diagnostics = { status: 'unreachable', latency_ms: null, checked_at: '', message: '' };
const providers = [
  provider('off', { enabled: false }),
  provider('keyless', { credentials: { ...credentials, env: [] } }),
  provider('fine'),
  provider('dead', { kind: 'local', tags: ['local'] }),
];
const shown = (filter: Partial<ListFilter> = {}) =>
  groupProviders(
    providers,
    new Map([
      ['dead', dead],
      ['fine', fine],
    ]),
    { ...noFilter, ...filter },
  ).map((group) => `${group.status}: ${group.providers.map(({ name }) => name).join(' ')}`);

test('every provider is in exactly one group, ready ones first', () => {
  expect(shown()).toEqual(['ready: fine', 'needs_key: keyless', 'unreachable: dead', 'off: off']);
});

test('a provider is ready only after it has answered, except the stub, which needs no network', () => {
  const stub = provider('stub', { kind: 'stub', adapter: 'stub' });
  const groups = groupProviders([provider('fine'), stub], new Map());
  expect(groups.map(({ status, providers: [one] }) => [status, one?.name])).toEqual([
    ['ready', 'stub'],
    ['not_checked', 'fine'],
  ]);
});

test('a search matches kinds and names, and leaves no empty group', () => {
  expect(shown({ search: ' LOCAL ' })).toEqual(['unreachable: dead']);
  expect(shown({ search: 'nothing like it' })).toEqual([]);
});

test('filters combine, and a tag counts if only one model has it', () => {
  expect(shown({ kinds: ['local'] })).toEqual(['unreachable: dead']);
  expect(shown({ kinds: ['local', 'cloud'], tag: 'chat' })).toHaveLength(4);
  expect(shown({ kinds: ['proxy'] })).toEqual([]);
  expect(kindsIn(providers)).toEqual(['cloud', 'local']);
  expect(tagsIn(providers)).toEqual(['chat']);
});
