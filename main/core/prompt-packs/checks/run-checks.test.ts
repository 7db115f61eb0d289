import { describe, expect, test } from 'vitest';
import { packCheck } from '../../../../contract/pack-check.ts';
import { runChecks } from './run-checks.ts';

/** The result of one check, from plain data. */
function check(text: Record<string, unknown>, reply: unknown, variables: Record<string, unknown> = {}) {
  const parsed = packCheck.parse({ id: 'it', message: 'it holds', ...text });
  const [result] = runChecks([parsed], { reply, variables });
  if (!result) throw new Error('no result');
  return result;
}

const choices = [{ id: 'wait' }, { id: 'run' }];
const translate = { at: 'translation', variable: 'source' };

describe('each kind of check', () => {
  test.each<[string, Record<string, unknown>, unknown, Record<string, unknown>]>([
    [
      'a given choice',
      { kind: 'one_of', at: 'choice', of: 'choices[].id', or: [null] },
      { choice: 'run' },
      { choices },
    ],
    [
      'no choice',
      { kind: 'one_of', at: 'choice', of: 'choices[].id', or: [null] },
      { choice: null },
      { choices },
    ],
    [
      'a subset',
      { kind: 'one_of', at: 'seen[]', of: 'choices[].id' },
      { seen: ['run', 'wait'] },
      { choices },
    ],
    ['an empty subset', { kind: 'one_of', at: 'seen[]', of: 'choices[].id' }, { seen: [] }, { choices }],
    [
      'the outcome given',
      { kind: 'equals_variable', at: 'outcome', variable: 'chosen' },
      { outcome: 'A' },
      { chosen: 'A' },
    ],
    ['two places that agree', { kind: 'same', at: 'p.o', as: 'o' }, { p: { o: 'A' }, o: 'A' }, {}],
    ['nothing in three fields', { kind: 'empty', at: ['a', 'b', 'c'] }, { a: null, b: {}, c: [] }, {}],
    [
      'a length over several places',
      { kind: 'characters', at: ['a', 'b[]'], min: 4, max: 4 },
      { a: 'né', b: ['x', '🌧'] },
      {},
    ],
    ['a count', { kind: 'count', at: 'beats', min: 1, max: 2 }, { beats: [1, 2] }, {}],
    ['its own keys', { kind: 'keys', at: 'patch', of: ['$narrator'] }, { patch: { $narrator: {} } }, {}],
    ['different names', { kind: 'unique', at: 'r[].name' }, { r: [{ name: 'A' }, { name: 'B' }] }, {}],
    [
      'a preserved cue',
      { kind: 'keeps_cues', ...translate },
      { translation: 'Aya: Hi\nBo：Ho' },
      { source: 'Aya：やあ\nBo：ほ' },
    ],
    [
      'a cue that the glossary renames',
      { kind: 'keeps_cues', ...translate, glossary: 'glossary' },
      { translation: 'Aya: Hi' },
      { source: 'アヤ: やあ', glossary: { アヤ: 'Aya' } },
    ],
    [
      'no cue in a sentence or an address',
      { kind: 'keeps_cues', ...translate },
      { translation: 'x' },
      { source: 'Wait! No: https://a.b' },
    ],
    [
      'preserved code',
      { kind: 'keeps_markup', ...translate },
      { translation: '%s, {i}ja{/i} [player]' },
      { source: '[player] {i}yes{/i} %s' },
    ],
    [
      'a price, which is not code',
      { kind: 'keeps_markup', ...translate },
      { translation: 'fifty' },
      { source: '50% off' },
    ],
    [
      'the glossary translations',
      { kind: 'uses_terms', ...translate, glossary: 'glossary' },
      { translation: 'Die GILDE ruft' },
      { source: 'The guild calls', glossary: { guild: 'Gilde', tower: 'Turm' } },
    ],
    ['an absent topic', { kind: 'lacks', at: '', of: 'blocked[]' }, 'warm work', { blocked: ['war'] }],
    [
      'no line for the player',
      { kind: 'no_cue_of', at: '', variable: 'pov' },
      'Ito: Mika, wait.',
      { pov: 'Mika' },
    ],
  ])('%s', (_, text, reply, variables) => {
    expect(check(text, reply, variables)).toEqual({ id: 'it', ok: true, message: 'it holds' });
  });

  test.each<[string, Record<string, unknown>, unknown, Record<string, unknown>, string]>([
    [
      'an invented choice',
      { kind: 'one_of', at: 'choice', of: 'choices[].id' },
      { choice: 'fly' },
      { choices },
      '"fly"',
    ],
    [
      'one invented choice among many',
      { kind: 'one_of', at: 'seen[]', of: 'choices[].id' },
      { seen: ['run', 'fly'] },
      { choices },
      '"fly"',
    ],
    [
      'another outcome',
      { kind: 'equals_variable', at: 'o', variable: 'c' },
      { o: 'B' },
      { c: 'A' },
      '"B", not "A"',
    ],
    ['a patch that disagrees', { kind: 'same', at: 'p.o', as: 'o' }, { p: { o: 'A' }, o: 'B' }, {}, '"A"'],
    [
      'text where there should be none',
      { kind: 'empty', at: ['a', 'b'] },
      { a: null, b: { x: 1 } },
      {},
      'b is {"x":1}',
    ],
    ['too short', { kind: 'characters', at: ['a'], min: 3 }, { a: 'ab' }, {}, '2 characters, at least 3'],
    ['too long', { kind: 'characters', at: [''], max: 3 }, 'abcd', {}, '4 characters, at most 3'],
    ['too few', { kind: 'count', at: 'beats', min: 4 }, { beats: [] }, {}, '0 items, at least 4'],
    [
      'an unknown key',
      { kind: 'keys', at: 'patch', of: ['$narrator'] },
      { patch: { gold: 9 } },
      {},
      '"gold"',
    ],
    [
      'a duplicate name',
      { kind: 'unique', at: 'r[].name' },
      { r: [{ name: 'A' }, { name: 'a ' }] },
      {},
      '"a "',
    ],
    [
      'a lost cue',
      { kind: 'keeps_cues', ...translate },
      { translation: 'Hi' },
      { source: 'Aya: やあ' },
      '"Aya"',
    ],
    [
      'swapped cues',
      { kind: 'keeps_cues', ...translate },
      { translation: 'B: x\nA: y' },
      { source: 'A: x\nB: y' },
      '"A", "B"',
    ],
    [
      'lost code',
      { kind: 'keeps_markup', ...translate },
      { translation: '{i}a' },
      { source: '{i}a{/i}' },
      '"{/i}"',
    ],
    [
      'invented code',
      { kind: 'keeps_markup', ...translate },
      { translation: '[name]' },
      { source: 'x' },
      '"[name]"',
    ],
    [
      'another translation of a term',
      { kind: 'uses_terms', ...translate, glossary: 'g' },
      { translation: 'Zunft' },
      { source: 'Guild', g: { guild: 'Gilde' } },
      '"guild" is not "Gilde"',
    ],
    [
      'a blocked topic',
      { kind: 'lacks', at: '', of: 'blocked[]' },
      'A WAR came',
      { blocked: ['war'] },
      '"war"',
    ],
    [
      'a blocked topic without spaces around it',
      { kind: 'lacks', at: '', of: 'b[]' },
      '昨日戦争が',
      { b: ['戦争'] },
      '戦争',
    ],
    [
      'a line for the player',
      { kind: 'no_cue_of', at: '', variable: 'pov' },
      'Well.\nmika: I go.',
      { pov: 'Mika' },
      '"mika"',
    ],
    ['a missing field', { kind: 'one_of', at: 'choice', of: 'choices[].id' }, {}, { choices }, 'no choice'],
    ['a missing list', { kind: 'unique', at: 'r[].name' }, { r: 'x' }, {}, 'no r[].name'],
  ])('%s is reported', (_, text, reply, variables, words) => {
    const { ok, message } = check(text, reply, variables);
    expect(ok).toBe(false);
    expect(message).toContain('not so: it holds');
    expect(message).toContain(words);
  });
});

describe('a check for a variable that was not given', () => {
  test.each([
    [{ kind: 'equals_variable', at: 'o', variable: 'chosen' }, { chosen: null }, 'no chosen was given'],
    [{ kind: 'lacks', at: '', of: 'safety.blocked[]' }, { safety: {} }, 'no safety.blocked[] was given'],
    [
      { kind: 'empty', at: ['o'], when: { variable: 'mode', is: ['observe'] } },
      { mode: 'apply' },
      'mode is "apply"',
    ],
  ])('is skipped and reported as such: %j', (text, variables, words) => {
    expect(check(text, { o: 'x' }, variables)).toEqual({
      id: 'it',
      ok: true,
      message: `does not apply: ${words}`,
    });
  });

  test('applies when the variable has the value', () => {
    const text = { kind: 'empty', at: ['o'], when: { variable: 'mode', is: ['observe'] } };
    expect(check(text, { o: 'x' }, { mode: 'observe' }).ok).toBe(false);
  });
});

test('a reply of megabytes is checked quickly', () => {
  const long = '{'.repeat(300_000) + 'A'.repeat(300_000) + ':'.repeat(300_000) + '['.repeat(300_000);
  const started = performance.now();
  check({ kind: 'keeps_markup', ...translate }, { translation: long }, { source: long });
  check({ kind: 'keeps_cues', ...translate }, { translation: long }, { source: long });
  check({ kind: 'lacks', at: 'translation', of: 'b[]' }, { translation: long }, { b: ['A'.repeat(50)] });
  expect(performance.now() - started).toBeLessThan(5000);
});
