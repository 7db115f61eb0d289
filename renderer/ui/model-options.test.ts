import { expect, test } from 'vitest';
import { installedFirst } from './model-options.ts';

const shown = (listed: string[], installed: string[] | null) =>
  installedFirst(
    listed.map((id) => ({ value: id, label: id })),
    installed,
  ).map(({ value, note }) => [value, note].filter(Boolean).join(': '));

test('the models of a local server come first, and listed names that it lacks are marked', () => {
  expect(shown(['phi-3', 'qwen2.5-7b'], ['text-embedding-nomic', 'qwen2.5-7b'])).toEqual([
    'qwen2.5-7b',
    'text-embedding-nomic: not a chat model',
    'phi-3: not installed',
  ]);
});

test('a provider that was not asked offers the listed names', () => {
  expect(shown(['gpt-4o', 'gpt-4o-mini'], null)).toEqual(['gpt-4o', 'gpt-4o-mini']);
});
