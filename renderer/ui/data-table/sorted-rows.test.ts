import { expect, test } from 'vitest';
import { compareValues } from './sorted-rows.ts';

test('10 comes after 9 as a number, and gpt-10 after gpt-4 as a name', () => {
  expect([10, 9, 100].sort(compareValues)).toEqual([9, 10, 100]);
  expect(['gpt-10', 'GPT-4', 'gpt-3.5'].sort(compareValues)).toEqual(['gpt-3.5', 'GPT-4', 'gpt-10']);
});
