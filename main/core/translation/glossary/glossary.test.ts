import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { glossaryFromCsv, glossaryToCsv } from './glossary-csv.ts';
import type { GlossaryEntry } from './glossary-entry.ts';
import { matchTerms, sortedGlossary } from './match-terms.ts';

const entry = (term: string, overrides: Partial<GlossaryEntry> = {}): GlossaryEntry => ({
  term,
  translation: 'x',
  kind: '',
  gender: '',
  voice: '',
  note: '',
  ...overrides,
});

const matches = (text: string, ...terms: string[]) =>
  matchTerms(text, sortedGlossary(terms.map((term) => entry(term)))).map(({ term }) => term);

describe('a term', () => {
  test.each([
    ['あんな', 'あんなに言ったのに', false],
    ['あんな', 'あんなことが', false],
    ['あんな', 'あんなは来ない', true],
    ['あんな', 'あんなさん！', true],
    ['あんな', '「あんな」', true],
    ['リン', 'リングを渡す', false],
    ['リン', 'プリンを食べる', false],
    ['リン', 'リンが来た', true],
    ['リン', 'リン、おはよう', true],
    ['王', '王国の朝', false],
    ['王', '王が来た', true],
    ['王', '王様が来た', true],
    ['勇者', '勇者様', true],
    ['Rose', 'rose petals', false],
    ['Rose', "Rose's hat", true],
    ['Rose', 'Roses are red', false],
    ['mana', 'Mana flows', true],
    ['mana', 'the manager', false],
    ['Maya', 'Mayaは笑う', true],
    ['Лиза', 'Лиза пришла', true],
    ['Лиза', 'Лизами', false],
    ['안나', '안나는 웃었다', true],
    ['안나', '안나푸르나', false],
    ['', 'anything', false],
  ])('“%s” in “%s”: %s', (term, text, isMatch) => {
    expect(matches(text, term)).toEqual(isMatch ? [term] : []);
  });

  test('a longer term covers the shorter ones in it', () => {
    expect(matches('the Holy Sword shines', 'Sword', 'Holy Sword')).toEqual(['Holy Sword']);
    expect(matches('the Holy Sword and a Sword', 'Sword', 'Holy Sword')).toEqual(['Holy Sword', 'Sword']);
  });
});

test('any glossary is the same after it is written and read', () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.trim().replaceAll('\r', ''));
  const row = fc.record({
    term: cell.filter((text) => text !== ''),
    translation: cell,
    kind: cell,
    gender: cell,
    voice: cell,
    note: cell,
  });
  const rows = fc.uniqueArray(row, { selector: ({ term }) => term, maxLength: 8 });
  fc.assert(
    fc.property(rows, (entries) => {
      expect(glossaryFromCsv(glossaryToCsv(entries), 'glossary.csv')).toEqual(entries);
    }),
  );
});

test('columns of other tools are recognized, and a file without a header is refused with its name', () => {
  expect(glossaryFromCsv('\ufeffsrc;dst;info\r\nアヤ;Aya;heroine\r\n', 'g.csv')).toEqual([
    entry('アヤ', { translation: 'Aya', note: 'heroine' }),
  ]);
  expect(glossaryFromCsv('Term,constructor,Translation , NOTES\nアヤ,x,Aya,heroine\n', 'g.csv')).toEqual([
    expect.objectContaining({ term: 'アヤ', translation: 'Aya', note: 'heroine' }),
  ]);
  expect(() => glossaryFromCsv('アヤ,Aya\n', 'g.csv')).toThrow(
    'g.csv: the first line has to name the columns',
  );
});
