import { expect, test } from 'vitest';
import { markedParts } from './marked-parts.ts';

const marked = (text: string, t: string[]) =>
  markedParts(text, t).map((part) => (part.marked ? `<${part.text}>` : part.text));

test('words are marked anywhere, in any case', () => {
  expect(marked('Kuro met kuro.', ['Kuro'])).toEqual(['<Kuro>', ' met ', '<kuro>', '.']);
});

test('tags and brackets can be marked too', () => {
  expect(marked('a {i}b{/i} [x] \\C[2]', ['{i}', '[x]', '\\C[2]'])).toEqual([
    'a ',
    '<{i}>',
    'b{/i} ',
    '<[x]>',
    ' ',
    '<\\C[2]>',
  ]);
});

test('of two overlapping words the longer one is marked, and without words the text is unchanged', () => {
  expect(marked('{i}{b}', ['{i}', '{i}{b}'])).toEqual(['<{i}{b}>']);
  expect(marked('text', ['', 'none'])).toEqual(['text']);
});
