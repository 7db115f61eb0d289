import { expect, test } from 'vitest';
import { testProject } from '../__fixtures__/game.ts';
import { caseForms } from './unit-store.ts';

test('text in ASCII or without case has one variant', () => {
  expect(caseForms('Rain')).toEqual(['rain']);
  expect(caseForms('雨が')).toEqual(['雨が']);
});

test('text is found in any case, in every script', async () => {
  const lines = [
    'ПРИВЕТ, мир!',
    'Привет ещё раз.',
    'École Normale',
    'ΑΘΗΝΑ',
    'Иван Петров вошёл.',
    'Rain again.',
    '雨が降る。',
  ];
  const { core, id } = await testProject('http://127.0.0.1:9', { 'a.txt': `${lines.join('\n')}\n` });
  const countOf = async (text: string) => (await core.ask('translate.index', { project: id, text })).total;
  const expected: [string, number][] = [
    ['привет', 2],
    ['Привет', 2],
    ['ПРИВЕТ', 2],
    ['école', 1],
    ['ÉCOLE NORMALE', 1],
    ['αθηνα', 1],
    ['иван петров', 1],
    ['RAIN', 1],
    ['雨', 1],
    ['снег', 0],
  ];
  for (const [text, count] of expected) expect([text, await countOf(text)]).toEqual([text, count]);
});
