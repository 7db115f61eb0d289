import { expect, test } from 'vitest';
import { stepOf, typedRow } from './list-steps.ts';

const labels = ['Anthropic', 'Azure', 'LM Studio', 'Ollama', 'OpenAI', 'OpenRouter'];

test('arrows stop at the ends, where Home and End lead', () => {
  expect([stepOf('ArrowDown', 5, 6), stepOf('ArrowUp', 0, 6)]).toEqual([5, 0]);
  expect([stepOf('Home', 3, 6), stepOf('End', 3, 6), stepOf('ArrowDown', 3, 6)]).toEqual([0, 5, 4]);
  expect(stepOf('Tab', 3, 6)).toBeNull();
});

test('a letter moves to the next row that begins with it, with each press', () => {
  expect(typedRow('o', 0, labels)).toBe(3);
  expect(typedRow('oo', 3, labels)).toBe(4);
  expect(typedRow('ooo', 5, labels)).toBe(3);
});

test('a word moves to the row that begins with it, and stays there', () => {
  expect(typedRow('open', 3, labels)).toBe(4);
  expect(typedRow('openr', 4, labels)).toBe(5);
  expect(typedRow('lm s', 2, labels)).toBe(2);
  expect(typedRow('xyz', 2, labels)).toBeNull();
});
