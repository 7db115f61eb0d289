import { expect, test } from 'vitest';
import { isTable, parseTable } from './parse-paste.ts';

const none = { kind: '', gender: '', voice: '', note: '' };

test('spreadsheet rows become terms, with or without a header', () => {
  const rows = [{ ...none, term: 'Kuro', translation: 'クロ', kind: 'character', gender: 'male' }];
  expect(parseTable('Kuro\tクロ\tcharacter\tmale\r\n')).toEqual(rows);
  expect(parseTable('Gender\tTerm\tTranslation\tKind\nmale\tKuro\tクロ\tcharacter')).toEqual(rows);
});

test('column names of other tools are recognised, and unknown columns are skipped', () => {
  expect(parseTable('src,dst,count,info\nrain,雨,12,"weather, mostly"')).toEqual([
    { ...none, term: 'rain', translation: '雨', note: 'weather, mostly' },
  ]);
});

test('a single column is a list of terms, empty rows are skipped, and the last of two duplicates wins', () => {
  expect(parseTable('rain\n\nsnow\n')).toMatchObject([{ term: 'rain' }, { term: 'snow' }]);
  expect(parseTable('a\t1\na\t2\n\t3')).toMatchObject([{ term: 'a', translation: '2' }]);
});

test('quoted cells may have tabs and line breaks, and a single quotation mark stays', () => {
  expect(parseTable('"a\tb"\t"x\ny"')).toMatchObject([{ term: 'a\tb', translation: 'x\ny' }]);
  expect(parseTable('a "b"\tc')).toMatchObject([{ term: 'a "b"', translation: 'c' }]);
});

test('a single word is not a table', () => {
  expect([isTable('Kuro'), isTable('Kuro\n'), isTable('a\tb'), isTable('a\nb')]).toEqual([
    false,
    false,
    true,
    true,
  ]);
});
