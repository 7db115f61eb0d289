import { expect, test } from 'vitest';
import { matchingOptions } from './matching-options.ts';

const options = [
  { value: 'gpt-4.1-mini', label: 'gpt-4.1-mini', note: 'GPT-4.1 mini' },
  { value: 'google/gemini-3', label: 'google/gemini-3', note: 'Gemini' },
];

test('words match in any order and in notes', () => {
  expect(matchingOptions(options, 'mini gpt')).toEqual([options[0]]);
  expect(matchingOptions(options, 'GEMINI')).toEqual([options[1]]);
  expect(matchingOptions(options, ' ')).toEqual(options);
  expect(matchingOptions(options, 'claude')).toEqual([]);
});

test('at most 200 of five thousand models are listed', () => {
  const many = Array.from({ length: 5000 }, (_, n) => ({ value: `m${n}`, label: `m${n}` }));
  expect(matchingOptions(many, '')).toHaveLength(200);
  expect(matchingOptions(many, 'm4999')).toEqual([many[4999]]);
});
