import { describe, expect, test } from 'vitest';
import { sortedGlossary } from '../glossary/match-terms.ts';
import type { GlossaryEntry } from '../glossary/glossary-entry.ts';
import { checkTranslation, type CheckRules } from './check-translation.ts';
import { languageTag } from './language-script.ts';

const entry = (term: string, translation: string): GlossaryEntry => ({
  term,
  translation,
  kind: '',
  gender: '',
  voice: '',
  note: '',
});

function codes(
  source: string,
  target: string,
  rules: Partial<CheckRules> & { to?: string; from?: string } = {},
  text: { speaker?: string; maxCells?: number } = {},
): string[] {
  const { to = 'English', from = 'Japanese', ...more } = rules;
  const all = {
    sourceTag: languageTag(from),
    targetTag: languageTag(to),
    syntaxes: undefined,
    wraps: false,
    glossary: [],
    ...more,
  };
  const { speaker = null, maxCells = null } = text;
  return checkTranslation({ source, target, speaker, maxCells }, all).map(({ code }) => code);
}

describe('checks find', () => {
  test.each([
    ['{b}今日{/b}は晴れ。', '{b}Today{/b} is sunny.', []],
    ['{b}今日{/b}は晴れ。', 'Today is sunny.', ['code']],
    ['{b}今日{/b}は晴れ。', '{/b}Today{b} is sunny.', ['code']],
    ['[name]、元気？', '[nama], how are you?', ['code']],
    ['%sは%dです。', '%d is %s.', ['code']],
    ['一行目\n二行目', 'First line second line', ['line_breaks']],
    ['ねえ、聞いて。', 'Hey, 聞いて.', ['left_over']],
    ['ねえ、聞いて。', 'ねえ、聞いて。', ['left_over']],
    ['「待って！」', 'Wait!', ['quotes']],
    ['待って！', '"Wait!"', ['quotes']],
    ['「待って！」', '“Wait!”', []],
    ['うん。', `Yes, ${'and then '.repeat(30)}`, ['repetition', 'explanation']],
    [
      'あああああああああああああああああああああああああああああああああああああああああ！',
      `A${'a'.repeat(60)}!`,
      [],
    ],
    ['助けて。', "I'm sorry, but I can't help with that.", ['refusal']],
    ['助けて。', "I'm sorry. I cannot help you any more.", []],
    ['助けて。', 'Here is the translation: Help me.', ['explanation']],
    ['助けて。', 'Help me. (Note: informal)', ['explanation']],
    ['助けて。', '   ', ['empty']],
  ])('%s → %s: %j', (source, target, expected) => {
    expect(codes(source, target)).toEqual(expected);
  });

  test.each([
    [
      'You will never leave this place alone.',
      'You will never leave this place alone.',
      'French',
      ['untranslated'],
    ],
    ['Eileen', 'Eileen', 'French', []],
    ['You will never leave this place alone.', 'Tu ne quitteras jamais cet endroit.', 'French', []],
    [
      'You will never leave this place alone.',
      'Du gehst hier nicht allein weg.',
      'Japanese',
      ['untranslated'],
    ],
    ['OK!', 'OK!', 'Japanese', []],
    ['The USB port of the PC', 'PCのUSBポート', 'Japanese', []],
    ['Good morning to you.', 'Доброе утро.', 'Russian', []],
    ['Good morning to you.', 'おはよう。', 'Korean', ['left_over']],
    ['Good morning to you.', '早上好。', 'Simplified Chinese', []],
    ['Good morning to you.', '早上好の。', 'Simplified Chinese', ['left_over']],
    ['Good morning to you.', 'Xyz kana ne.', 'Klingon', []],
  ])('%s → %s in %s: %j', (source, target, to, expected) => {
    expect(codes(source, target, { to, from: 'English' })).toEqual(expected);
  });

  test('full-width characters count as two cells', () => {
    const wide = { to: 'Japanese', from: 'English' };
    expect(codes('Morning to you', 'おはよう', wide, { maxCells: 8 })).toEqual([]);
    expect(codes('Morning to you', 'おはよう。', wide, { maxCells: 8 })).toEqual(['too_wide']);
    expect(codes('Morning to you', 'おはよう。', { ...wide, wraps: true }, { maxCells: 8 })).toEqual([]);
    expect(codes('{b}Morning{/b} to you', '{b}おはよう{/b}', wide, { maxCells: 8 })).toEqual([]);
  });

  test('a translation that begins with a speaker’s name, unlike its source, gets a warning', () => {
    expect(codes('おはよう。', 'Eileen: Good morning.', {}, { speaker: 'アイリーン' })).toEqual(['speaker']);
    expect(codes('注意：危険。', 'Warning: danger.', {}, { speaker: 'アイリーン' })).toEqual([]);
  });

  test('one of the glossary’s translations is required if the whole term occurs', () => {
    const glossary = sortedGlossary([
      entry('あんな', 'Anna'),
      entry('魔王', 'Demon King|Dark Lord'),
      entry('魔王城', 'Black Castle'),
    ]);
    expect(codes('あんなは笑った。', 'She laughed.', { glossary })).toEqual(['glossary']);
    expect(codes('あんなは笑った。', 'Anna laughed.', { glossary })).toEqual([]);
    expect(codes('あんなに笑った。', 'How she laughed.', { glossary })).toEqual([]);
    expect(codes('魔王が来る。', 'The dark lord comes.', { glossary })).toEqual([]);
    expect(codes('魔王城だ。', 'It is the Black Castle.', { glossary })).toEqual([]);
    expect(codes('魔王城だ。', "It is the Demon King's castle.", { glossary })).toEqual(['glossary']);
  });
});
