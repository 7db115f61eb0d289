import { expect, test } from 'vitest';
import { createTextMatch } from './text-match.ts';

const rows = [{ name: 'GPT-4o mini' }, { name: 'Claude Haiku' }];

test('words match in any order and any case', () => {
  const match = createTextMatch((row: { name: string }) => row.name);
  expect(rows.filter(match('MINI gpt') ?? (() => false))).toEqual([rows[0]]);
  expect(rows.filter(match('haiku 4o') ?? (() => true))).toEqual([]);
});

test('a blank filter hides nothing', () => {
  expect(createTextMatch((row: { name: string }) => row.name)('  ')).toBeUndefined();
});

test('the text of a row is built once, not for every keystroke', () => {
  let made = 0;
  const match = createTextMatch((row: { name: string }) => ((made += 1), row.name));
  for (const query of ['c', 'cl', 'cla']) rows.filter(match(query) ?? (() => true));
  expect(made).toBe(rows.length);
});
