import { describe, expect, test } from 'vitest';
import { unusedTerms, type Term } from './terms.ts';

const unused = (source: string, translation: string, glossary: Record<string, string>) =>
  unusedTerms(source, translation, Object.entries(glossary) as Term[]).map(([term]) => term);

describe('a term is found as a whole word', () => {
  test.each<[string, Record<string, string>]>([
    ['Also, annoyed people leave.', { Ann: 'アン', Al: 'アル' }],
    ['The guilds call, and the guildmaster.', { guild: 'ギルド' }],
    ['Он сказал: анна.', { Ан: 'Ann' }],
    ['あんなに走った', { あんな: 'Anna' }],
    ['こんなあんなもの', { あんな: 'Anna' }],
    ['アンケートを取る', { アン: 'Ann' }],
    ['ジュリアンが来た', { アン: 'Ann' }],
    ['アーンと泣く', { アー: 'Ah' }],
    ['騎士団が来た', { 騎士: 'knight' }],
    ['ｱﾝｹｰﾄです', { ｱﾝ: 'Ann' }],
    ['한나라', { 나라: 'Nara' }],
    ['Ann_2 and Ann3', { Ann: 'アン' }],
    ['E\u0301tienne', { E: 'e' }],
  ])('not in %s', (source, glossary) => {
    expect(unused(source, '', glossary)).toEqual([]);
  });

  test.each<[string, Record<string, string>]>([
    ['Ann leaves.', { Ann: 'アン' }],
    ["That is Ann's, and ANN'S it stays", { Ann: 'アン' }],
    ['the high-guild "Guild"', { guild: 'ギルド' }],
    ['「あんな」と呼ぶ', { あんな: 'Anna' }],
    ['あんなー！', { あんな: 'Anna' }],
    ['アンが来た', { アン: 'Ann' }],
    ['アン・リー', { アン: 'Ann' }],
    ['騎士が来た', { 騎士: 'knight' }],
    ['闇ギルドの長', { 闇ギルド: 'Dark Guild' }],
    ['艾丽走了', { 艾丽: 'Elly' }],
    ['안나는 갔다', { 안나: 'Anna' }],
    ['แอนไปแล้ว', { แอน: 'Ann' }],
    ['ＡＮＮ', { Ann: 'アン' }],
    ['第3艦隊が来た', { 第3艦隊: 'Third Fleet' }],
  ])('in %s', (source, glossary) => {
    expect(unused(source, '', glossary)).toEqual(Object.keys(glossary));
  });
});

test('the longest term is matched first, and hides a shorter one in the same place', () => {
  const glossary = { Guild: 'Gilde', 'Dark Guild': 'Schattenbund' };
  expect(unused('The Dark Guild calls.', 'Der Schattenbund ruft.', glossary)).toEqual([]);
  expect(unused('The Dark Guild calls the Guild.', 'Der Schattenbund ruft.', glossary)).toEqual(['Guild']);
  expect(unused('The Dark Guild calls.', 'Die Gilde ruft.', glossary)).toEqual(['Dark Guild']);
});

test('the translation of a longer term does not count for the shorter one', () => {
  const glossary = { Guild: 'Gilde', 'Dark Guild': 'dunkle Gilde' };
  expect(unused('The Dark Guild meets the Guild.', 'Die dunkle Gilde trifft sie.', glossary)).toEqual([
    'Guild',
  ]);
  expect(unused('The dark, old Guild.', 'Die dunkle Gilde.', glossary)).toEqual([]);
});

describe('the translation of a term', () => {
  test.each([
    ['アンは去る', 'Ann leaves.', 'Ann'],
    ['アンは去る', "It was Ann's.", 'Ann'],
    ['アンは去る', 'ANN!', 'Ann'],
  ])('%s: %s', (source, translation, word) => {
    expect(unused(source, translation, { アン: word })).toEqual([]);
  });
  test.each([
    ['アンは去る', 'Annoyed, she leaves.', 'Ann'],
    ['アンは去る', 'She leaves.', 'Ann'],
  ])('%s: not %s', (source, translation, word) => {
    expect(unused(source, translation, { アン: word })).toEqual(['アン']);
  });
  test.each([
    ['あんなは去った', 'あんな'],
    ['騎士団の騎士たち', '騎士'],
    ['アンさんは去った', 'アン'],
    ['公会的人走了', '公会'],
    ['안나는 갔다', '안나'],
  ])('may be followed by particles and compounds: %s', (translation, word) => {
    expect(unused('Ann left.', translation, { Ann: word })).toEqual([]);
  });
  test('does not count as part of another word', () => {
    expect(unused('Ann left.', 'アンケートは終わった', { Ann: 'アン' })).toEqual(['Ann']);
  });
  test('is not required where it is empty', () => {
    expect(unused('Ann left.', 'x', { Ann: '' })).toEqual([]);
  });
});

test('a term may hold spaces and characters that are special in patterns', () => {
  expect(
    unused('C++ (new) meets Dr. No.', 'x', { 'C++': 'C++', 'Dr. No': 'Dr. No', '(new)': 'neu' }),
  ).toEqual(['C++', 'Dr. No', '(new)']);
});
