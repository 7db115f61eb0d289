import { describe, expect, test } from 'vitest';
import { checkReferences } from '../__fixtures__/check-references.ts';
import { exportUnits, matchedTerms, type ReviewedUnit } from './export-units.ts';
import { importUnits } from './import-units.ts';
import { readTrialSet } from './read-trial-set.ts';
import { writeTrialSet, type TranslationSetHeader } from './trial-set.ts';

const header: TranslationSetHeader = {
  format: 1,
  name: 'mine',
  title: 'Mine',
  module: 'translate',
  licence: 'my own',
  source_language: 'Japanese',
  target_language: 'English',
};
const lines = (...values: unknown[]) => values.map((value) => JSON.stringify(value)).join('\n');
const glossary = { ナギ: 'Nagi', 鯨鐘: 'Whale Bell', 鯨: 'whale' };

describe('a user’s lines', () => {
  test('are read from the field names of other tools', () => {
    const text = lines(
      { original: 'あ', translation: 'a', key: 7, name: 'Nagi', label: 'start' },
      { message: 'い' },
      { src: 'う', dst: 'u', glossary: { う: 'u' }, other: true },
    );
    expect(importUnits(text, header)).toEqual({
      problems: [],
      repeated: 0,
      set: {
        header,
        units: [
          {
            id: '7',
            scene: 'start',
            variables: {
              source_text: 'あ',
              target_language: 'English',
              source_language: 'Japanese',
              speaker: 'Nagi',
            },
            references: ['a'],
          },
          {
            id: 'line-2',
            variables: { source_text: 'い', target_language: 'English', source_language: 'Japanese' },
          },
          {
            id: 'line-3',
            variables: {
              source_text: 'う',
              target_language: 'English',
              source_language: 'Japanese',
              glossary: { う: 'u' },
            },
            references: ['u'],
          },
        ],
      },
    });
  });

  test('a repeated text counts once, with all of its translations', () => {
    const text = lines(
      { source: 'あ', target: 'a' },
      { source: 'あ', target: 'ah' },
      { source: 'あ', target: 'a' },
    );
    const { set, repeated } = importUnits(text, header);
    expect(set?.units.map(({ references }) => references)).toEqual([['a', 'ah']]);
    expect(repeated).toBe(2);
  });

  test('duplicate ids are made unique', () => {
    const { set } = importUnits(
      lines({ id: 'x', source: 'あ' }, { id: 'x', source: 'い' }, { id: 'x', source: 'う' }),
      header,
    );
    expect(set?.units.map(({ id }) => id)).toEqual(['x', 'x-2', 'x-3']);
  });

  test('unreadable lines are named, and the rest is imported', () => {
    const text = `${lines({ source: 'あ' }, { target: 'a' }, { source: 5 }, { source: 'い', glossary: ['x'] })}\nnope`;
    const { set, problems } = importUnits(text, header);
    expect(set?.units).toHaveLength(1);
    expect(problems.map(({ line, path }) => `${line} ${path}`)).toEqual([
      '2 ',
      '3 source',
      '4 glossary',
      '5 ',
    ]);
    expect(problems[0]?.message).toMatch(/no text to translate \(one of source, /);
  });

  test('a set of the panel is read unchanged, and an empty file is reported as empty', () => {
    const text = lines(header, { id: 'a', variables: { source_text: 'あ', target_language: 'English' } });
    expect(importUnits(text, { ...header, name: 'other' }).set?.header.name).toBe('mine');
    expect(importUnits(' \n', header).problems).toEqual([
      { line: 1, path: '', message: 'the file has no lines' },
    ]);
  });

  test('an import can be written and read as a set', () => {
    const { set } = importUnits(lines({ id: 'a\nb', source: 'あ\nい', target: 'a\nb' }), header);
    if (!set) throw new Error('no set');
    expect(readTrialSet(writeTrialSet(set))).toEqual({ set, problems: [] });
  });
});

describe('reviewed units', () => {
  const unit = (key: string, more: Partial<ReviewedUnit> = {}): ReviewedUnit => ({
    key,
    file: 'a.rpy',
    source: `源${key}`,
    target: `t${key}`,
    state: 'reviewed',
    ...more,
  });

  test('only a reviewed translation becomes a reference, and what is left out is named', () => {
    const { set, left } = exportUnits(
      [
        unit('1'),
        unit('2', { state: 'locked' }),
        unit('3', { state: 'draft' }),
        unit('4', { target: ' ' }),
        unit('5', { target: null }),
        unit('6', { source: '源1', target: 'again' }),
        unit('7', { source: '源1', speaker: 'Nagi' }),
      ],
      header,
    );
    expect(set.units.map(({ id, references }) => [id, references])).toEqual([
      ['a.rpy:1', ['t1', 'again']],
      ['a.rpy:2', ['t2']],
      ['a.rpy:7', ['t7']],
    ]);
    expect(left.map(({ key, reason }) => `${key} ${reason}`)).toEqual([
      '3 not_reviewed',
      '4 no_translation',
      '5 no_translation',
      '6 repeated',
    ]);
  });

  test('get the glossary terms that occur in them, a longer term before one it contains', () => {
    const { set } = exportUnits(
      [unit('1', { source: 'ナギは鯨鐘を' }), unit('2', { source: '鯨が鳴く' }), unit('3', { source: '海' })],
      header,
      glossary,
    );
    expect(set.units.map(({ variables }) => variables['glossary'])).toEqual([
      { ナギ: 'Nagi', 鯨鐘: 'Whale Bell' },
      { 鯨: 'whale' },
      undefined,
    ]);
  });

  test('the same key in two files gives two ids, and the set is valid', () => {
    const { set } = exportUnits(
      [unit('1'), unit('1', { file: 'b.rpy', source: '別' }), unit('1', { source: '他' })],
      header,
    );
    expect(set.units.map(({ id }) => id)).toEqual(['a.rpy:1', 'b.rpy:1', 'a.rpy:1-2']);
    expect(readTrialSet(writeTrialSet(set)).problems).toEqual([]);
  });
});

describe('references', () => {
  const faults = (source: string, reference: string) => {
    const variables = { source_text: source, target_language: 'English', glossary };
    const units = [{ id: 'a', variables, references: ['Fine.', reference] }];
    return checkReferences({ header, units })
      .filter((problem) => problem.reference === 1)
      .map(({ message }) => message);
  };

  test.each<[string, string, string[]]>([
    ['ナギは{i}行く{/i}', 'Nagi {i}goes{/i}', []],
    ['ナギは行く', 'She goes', ['does not use "Nagi" for "ナギ"']],
    ['鯨鐘だ', 'The Whale Bell', []],
    ['[x]だ', 'It is', ['lacks the code [x]']],
    ['xだ', 'It is [x]', ['has the code [x], which the source has not']],
    ['{i}x{/i}', '{/i}x{i}', ['has {/i} where it does not work']],
    ['同じ', '同じ', ['is the source']],
    ['%d', '%d', []],
    ['一\n二', 'one two', ['has other line breaks']],
  ])('%s → %s', (source, reference, expected) => {
    expect(faults(source, reference)).toEqual(expected);
  });

  test('a unit without a glossary has no terms', () => {
    expect(matchedTerms({ id: 'a', variables: { source_text: 'あ' } })).toEqual([]);
  });
});
