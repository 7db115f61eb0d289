import { expect, test } from 'vitest';
import { modelList } from './adapter.ts';

test('the list has only models that can chat, under their short ids', () => {
  const models = [
    {
      name: 'models/gemini-3.8-flash',
      displayName: 'Gemini 3.8 Flash',
      inputTokenLimit: 1_048_576,
      supportedGenerationMethods: ['generateContent', 'countTokens'],
    },
    { name: 'models/gemini-embedding-001', supportedGenerationMethods: ['embedContent'] },
    { displayName: 'no name', supportedGenerationMethods: ['generateContent'] },
    null,
  ];
  expect(modelList.fromResponse({ models })).toEqual([
    { id: 'gemini-3.8-flash', label: 'Gemini 3.8 Flash', context: 1_048_576 },
  ]);
  expect(modelList.fromResponse(undefined)).toEqual([]);
});
