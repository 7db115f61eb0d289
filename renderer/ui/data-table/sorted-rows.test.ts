import { expect, test } from 'vitest';
import { compareValues } from './sorted-rows.ts';

test('10 stands before 9 among numbers, gpt-10 before gpt-4 among names', () => {
  expect([10, 9, 100].sort(compareValues)).toEqual([9, 10, 100]);
  expect(['gpt-10', 'GPT-4', 'gpt-3.5'].sort(compareValues)).toEqual(['gpt-3.5', 'GPT-4', 'gpt-10']);
});
