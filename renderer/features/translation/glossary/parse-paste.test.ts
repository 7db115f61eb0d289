import { expect, test } from 'vitest';
import { mergeRows } from './glossary-draft.ts';
import { isTable, parseTable } from './parse-paste.ts';

const none = { kind: '', gender: '', voice: '', note: '' };

test('spreadsheet rows become terms, with or without a header', () => {
  const rows = [{ ...none, term: 'Kuro', translation: 'クロ', kind: 'character', gender: 'male' }];
  expect(parseTable('Kuro\tクロ\tcharacter\tmale\r\n').rows).toEqual(rows);
  expect(parseTable('Gender\tTerm\tTranslation\tKind\nmale\tKuro\tクロ\tcharacter').rows).toEqual(rows);
});

test('column names of other tools are recognised, and unknown columns are skipped', () => {
  expect(parseTable('src,dst,count,info\nrain,雨,12,"weather, mostly"').rows).toEqual([
    { ...none, term: 'rain', translation: '雨', note: 'weather, mostly' },
  ]);
});

test('a single column is a list of terms, empty rows are skipped, and rows without a term are counted', () => {
  expect(parseTable('rain\n\nsnow\n')).toMatchObject({
    rows: [{ term: 'rain' }, { term: 'snow' }],
    withoutTerm: 0,
  });
  expect(parseTable('a\t1\n\t3').withoutTerm).toBe(1);
});

test('two rows with one term are one entry with the cells of both, and the later cell counts', () => {
  const { rows } = parseTable('Eileen\tアイリーン\tcharacter\tfemale\nEileen\tアイリン');
  const eileen = { ...none, term: 'Eileen', translation: 'アイリン', kind: 'character', gender: 'female' };
  expect(mergeRows([], rows)).toEqual([eileen]);
});

test('quoted cells may have tabs and line breaks, and a single quotation mark stays', () => {
  expect(parseTable('"a\tb"\t"x\ny"').rows).toMatchObject([{ term: 'a\tb', translation: 'x\ny' }]);
  expect(parseTable('a "b"\tc').rows).toMatchObject([{ term: 'a "b"', translation: 'c' }]);
});

test('a single word is not a table', () => {
  expect([isTable('Kuro'), isTable('Kuro\n'), isTable('a\tb'), isTable('a\nb')]).toEqual([
    false,
    false,
    true,
    true,
  ]);
});
