import { expect, test } from 'vitest';
import type { RegistryView } from '../../../contract/operations/registry.ts';
import { targetWords } from './target-words.ts';

const registry = {
  defaults: {
    provider: 'stub',
    model: 'echo',
    modules: { narrator: { provider: 'p', model: 'm', shortlist: [{ id: 'x', provider: 'q', model: 'n' }] } },
  },
} as unknown as RegistryView;
const target = { module: 'narrator', provider: null, model: null, preset: null };

test('the status bar names the provider and model that would answer', () => {
  expect(targetWords(target, registry)).toBe('narrator · p / m');
  expect(targetWords({ ...target, preset: 'x' }, registry)).toBe('narrator · q / n');
  expect(targetWords({ ...target, provider: 'stub' }, registry)).toBe('narrator · stub');
  expect(targetWords({ ...target, module: null }, registry)).toBe('no module · stub / echo');
  expect(targetWords(target, undefined)).toBe('narrator');
});
