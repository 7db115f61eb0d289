import { expect, test } from 'vitest';
import { firstChatModel, hasModel } from './model-names.ts';

test('a chat model is preferred over an embedding model', () => {
  expect(firstChatModel(['text-embedding-nomic-embed-text-v1.5', 'bge-m3', 'qwen2.5-7b'])).toBe('qwen2.5-7b');
  expect(firstChatModel(['bge-m3'])).toBe('bge-m3');
  expect(firstChatModel([])).toBeNull();
});

test('a name without a tag is Ollama’s latest', () => {
  expect(hasModel(['llama3.2:latest'], 'llama3.2')).toBe(true);
  expect(hasModel(['llama3.2:3b'], 'llama3.2')).toBe(false);
});
