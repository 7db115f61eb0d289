import { expect, test } from 'vitest';
import { modelChoices } from './model-choices.ts';

const labels = (listed: string[], installed: string[] | null) =>
  modelChoices(listed, installed).map(({ value, note }) => [value, note].filter(Boolean).join(': '));

test('the models of a local server come first, and shipped names that it lacks are marked', () => {
  expect(labels(['phi-3', 'qwen2.5-7b'], ['text-embedding-nomic', 'qwen2.5-7b'])).toEqual([
    'qwen2.5-7b',
    'text-embedding-nomic: not a chat model',
    'phi-3: not installed',
  ]);
});

test('a provider that was not asked offers the shipped names', () => {
  expect(labels(['gpt-4o', 'gpt-4o-mini'], null)).toEqual(['gpt-4o', 'gpt-4o-mini']);
});
