import { expect, test } from 'vitest';
import { isTable, parseTable } from './parse-paste.ts';

const none = { kind: '', gender: '', voice: '', note: '' };

test('rows of a spreadsheet are terms, with or without a heading', () => {
  const rows = [{ ...none, term: 'Kuro', translation: 'クロ', kind: 'character', gender: 'male' }];
  expect(parseTable('Kuro\tクロ\tcharacter\tmale\r\n')).toEqual(rows);
  expect(parseTable('Gender\tTerm\tTranslation\tKind\nmale\tKuro\tクロ\tcharacter')).toEqual(rows);
});

test('headings of other tools are known, unknown columns are passed over', () => {
  expect(parseTable('src,dst,count,info\nrain,雨,12,"weather, mostly"')).toEqual([
    { ...none, term: 'rain', translation: '雨', note: 'weather, mostly' },
  ]);
});

test('a single column is a list of terms, empty rows are left out, and the last of two wins', () => {
  expect(parseTable('rain\n\nsnow\n')).toMatchObject([{ term: 'rain' }, { term: 'snow' }]);
  expect(parseTable('a\t1\na\t2\n\t3')).toMatchObject([{ term: 'a', translation: '2' }]);
});

test('quoted cells may hold tabs and line breaks, and a stray quotation mark is one', () => {
  expect(parseTable('"a\tb"\t"x\ny"')).toMatchObject([{ term: 'a\tb', translation: 'x\ny' }]);
  expect(parseTable('a "b"\tc')).toMatchObject([{ term: 'a "b"', translation: 'c' }]);
});

test('a word is no table', () => {
  expect([isTable('Kuro'), isTable('Kuro\n'), isTable('a\tb'), isTable('a\nb')]).toEqual([
    false,
    false,
    true,
    true,
  ]);
});
