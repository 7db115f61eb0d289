import { describe, expect, test } from 'vitest';
import { readTrialSet } from './read-trial-set.ts';
import { writeTrialSet, type TrialSetHeader } from './trial-set.ts';

const header: TrialSetHeader = {
  format: 1,
  name: 'mine',
  title: 'Mine',
  module: 'translate',
  licence: 'CC0-1.0',
};
const unit = (id: string, source: string, more: object = {}) => ({
  id,
  variables: { source_text: source, target_language: 'English' },
  ...more,
});
const lines = (...values: unknown[]) =>
  values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n');
const problemsOf = (text: string) =>
  readTrialSet(text).problems.map(({ line, path, message }) => `${line} ${path}: ${message}`);

test('a set is read back as it was written', () => {
  const set = { header, units: [unit('a', 'あ', { references: ['a'], tags: ['x'] }), unit('b', 'い')] };
  expect(readTrialSet(writeTrialSet(set))).toEqual({ set, problems: [] });
});

test('a byte order mark, Windows line endings and blank lines are accepted, and lines are counted as in an editor', () => {
  const text = `\uFEFF${lines(header, '', unit('a', 'あ'), '{ broken').replaceAll('\n', '\r\n')}\r\n`;
  const { set, problems } = readTrialSet(text);
  expect(set?.units).toHaveLength(1);
  expect(problems).toEqual([{ line: 4, path: '', message: expect.stringMatching(/^is not JSON: /) }]);
});

describe('each problem has its line and position', () => {
  test.each<[string, string, RegExp]>([
    ['no header', lines(unit('a', 'あ')), /^1 : the first line has to be the header/],
    ['an empty file', '', /^1 : the first line has to be the header/],
    ['an invalid header', lines({ ...header, format: 2 }), /^1 format: /m],
    ['a header only', lines(header), /^1 : the set has no units/],
    ['a line that is not an object', lines(header, [1]), /^2 : is JSON but not an object/],
    ['an unknown field', lines(header, { ...unit('a', 'あ'), colour: 1 }), /^2 : .*colour/],
    [
      'a duplicate id',
      lines(header, unit('a', 'あ'), unit('a', 'い')),
      /^3 id: "a" is the id of line 2 already/,
    ],
    ['an id with a line break', lines(header, unit('a\nb', 'あ')), /^2 id: one line of text/],
    ['an empty reference', lines(header, unit('a', 'あ', { references: [' '] })), /^2 references\[0\]: /],
    [
      'an invalid expectation',
      lines(header, unit('a', 'あ', { expect: [{ id: 'x', at: 'a b', kind: 'count', min: 1 }] })),
      /^2 expect\[0\]\.at: /,
    ],
    [
      'a duplicate expectation id',
      lines(
        header,
        unit('a', 'あ', {
          expect: [
            { id: 'x', at: '', kind: 'count', min: 1 },
            { id: 'x', at: '', kind: 'count', max: 1 },
          ],
        }),
      ),
      /^2 expect: has the id "x" twice/,
    ],
    [
      'references for a module without them',
      lines({ ...header, module: 'vn_chat' }, unit('a', 'あ', { references: ['a'] })),
      /^2 references: only sets of the module translate/,
    ],
  ])('%s', (_, text, expected) => {
    expect(problemsOf(text).join('\n')).toMatch(expected);
  });

  test('the same variables twice, in any order, are a problem', () => {
    const other = { id: 'b', variables: { target_language: 'English', source_text: 'あ' } };
    expect(problemsOf(lines(header, unit('a', 'あ'), other))).toEqual([
      '3 variables: are the same as in line 2',
    ]);
  });

  test('variables are checked by the prompt pack', () => {
    const rules = (module: string) => () => [{ path: 'speaker', message: `missing in ${module}` }];
    expect(readTrialSet(lines(header, unit('a', 'あ')), rules).problems).toEqual([
      { line: 2, path: 'variables.speaker', message: 'missing in translate' },
    ]);
  });
});

test('valid units are read beside invalid ones', () => {
  const { set, problems } = readTrialSet(lines(header, unit('a', 'あ'), '{', unit('b', 'い'), { id: 'c' }));
  expect(set?.units.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(problems.map(({ line }) => line)).toEqual([3, 5]);
});
