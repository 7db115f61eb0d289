import { expect, test } from 'vitest';
import { emptyRow, filledRows, glossaryDrafts, mergeRows } from './glossary-draft.ts';

const row = (term: string, more: Partial<typeof emptyRow> = {}) => ({ ...emptyRow, term, ...more });

test('a pasted term fills its cells in the existing row of that term, and other rows stay', () => {
  const rows = [row('Kuro', { note: 'calm' }), row(''), row('', { translation: '雨' })];
  expect(
    mergeRows(rows, [row('Mira'), row('Kuro', { translation: 'クロ' }), row('Mira', { kind: 'girl' })]),
  ).toEqual([
    row('Kuro', { note: 'calm', translation: 'クロ' }),
    row('', { translation: '雨' }),
    row('Mira', { kind: 'girl' }),
  ]);
});

test('only rows without any content are left out of what is saved', () => {
  expect(filledRows([row(' Kuro '), row('  '), row('', { note: 'who?' })])).toEqual([
    row('Kuro'),
    row('', { note: 'who?' }),
  ]);
});

test('what is typed while a glossary is saved stays a draft', async () => {
  const saved = [row('Kuro')];
  const later = [...saved, row('Mira')];
  glossaryDrafts.set('a', saved);
  await glossaryDrafts.save('a', saved, async () => glossaryDrafts.set('a', later));
  expect(glossaryDrafts.get('a')).toBe(later);
  await glossaryDrafts.save('a', later, async () => undefined);
  expect(glossaryDrafts.get('a')).toBeUndefined();
});
