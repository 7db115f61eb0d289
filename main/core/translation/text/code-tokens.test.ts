import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeTokens, withoutCode, type CodeSyntax } from './code-tokens.ts';

const texts = (text: string, syntaxes?: CodeSyntax[]) =>
  codeTokens(text, syntaxes).map((token) => token.text);

describe('code tokens', () => {
  test.each<[string, string[]]>([
    ['{i}so{/i} {color=#f00}red{/color}{w=0.5}', ['{i}', '{/i}', '{color=#f00}', '{/color}', '{w=0.5}']],
    [
      '[name], [player.name!t] [items[0]] [price:.2f]',
      ['[name]', '[player.name!t]', '[items[0]]', '[price:.2f]'],
    ],
    ['[d["a]b"]] [x if y else "]"]', ['[d["a]b"]]', '[x if y else "]"]']],
    ['%(owner)s has %(n)03d', ['%(owner)s', '%(n)03d']],
    [
      '%s %d %.1f %03d %-10s %1$s %5.2f %ld %x',
      ['%s', '%d', '%.1f', '%03d', '%-10s', '%1$s', '%5.2f', '%ld', '%x'],
    ],
    ['%dG and %d%% of %dの', ['%d', '%d', '%d']],
    ['{0} of {count:0.00} {} {name}', ['{0}', '{count:0.00}', '{}', '{name}']],
    ['a\\nb\\tc', ['\\n', '\\t']],
    [
      '\\C[1]\\N[2]\\V[12]\\I[64]\\FS[20]\\px[4]',
      ['\\C[1]', '\\N[2]', '\\V[12]', '\\I[64]', '\\FS[20]', '\\px[4]'],
    ],
    [
      '\\N[\\V[1]] \\{big\\} \\.\\|\\!\\^\\$\\G',
      ['\\N[\\V[1]]', '\\{', '\\}', '\\.', '\\|', '\\!', '\\^', '\\$', '\\G'],
    ],
    ['\\n[1] hello', ['\\n[1]']],
    ['[emb exp="f.a[0]"][l][r][ruby text="]"]x', ['[emb exp="f.a[0]"]', '[l]', '[r]', '[ruby text="]"]']],
    ['@bg storage=room.jpg time=500\n@r\ntext', ['@bg storage=room.jpg time=500', '@r']],
    ['[改ページ]', ['[改ページ]']],
    ["[a's] and [b's]", ["[a's]", "[b's]"]],
  ])('%s', (text, tokens) => {
    expect(texts(text)).toEqual(tokens);
  });

  test('a line break before a placeholder is two tokens, not an actor’s name', () => {
    expect(texts('one\\n[name]')).toEqual(['\\n', '[name]']);
    expect(texts('one\\nHello[name]')).toEqual(['\\n', '[name]']);
  });

  test('the name in a name box is text', () => {
    expect(texts('\\n<ナギ>やあ')).toEqual(['\\n<>']);
    expect(texts('love\\n<3')).toEqual(['\\n']);
  });

  test('in a message with plural forms, only the selector is code', () => {
    expect(texts('{n, plural, one {# line} other {# lines}}!')).toEqual(['{n, plural}']);
    expect(texts('{n, plural, other {#行}}')).toEqual(['{n, plural}']);
  });

  test('rich-text tags are code only with the `unity` syntax', () => {
    expect(texts('<b>a</b> <color=#fff>')).toEqual([]);
    expect(texts('<b>a</b> <color=#fff>x</color> a < b', ['unity'])).toEqual([
      '<b>',
      '</b>',
      '<color=#fff>',
      '</color>',
    ]);
  });
});

describe('text that is not code', () => {
  test.each([
    '100% sure',
    '100 % des joueurs',
    '50%discount and 20%off',
    'Türkçe %50si, %50den fazla',
    '100%、確実',
    '[[Locked] and {{plain}}',
    '100%% and %%d',
    'C:\\\\new\\\\table',
    '[ ] to do',
    '{#weekday}Monday',
    '[Door creaks]',
    "[It's over, isn't it?]",
    'an open [bracket and {another',
    'over\ntwo lines [a\nb]',
    '¯\\_(ツ)_/¯',
    'me@example.org',
    'a real line break\nand more',
  ])('%s', (text) => {
    expect(texts(text)).toEqual([]);
  });

  test('code beside a doubled bracket is still code', () => {
    expect(texts('[[[name]')).toEqual(['[name]']);
    expect(texts('{{{i}x{/i}')).toEqual(['{i}', '{/i}']);
  });

  test('if the engine is known, another engine’s code is text', () => {
    expect(texts('[name] {i} \\C[1]', ['rpgmaker'])).toEqual(['\\C[1]']);
    expect(texts('\\C[1] {i}', ['renpy'])).toEqual(['[1]', '{i}']);
    expect(texts('[l] {i} %d', ['kag'])).toEqual(['[l]']);
    expect(texts('[name] %d {0}', ['printf'])).toEqual(['%d']);
  });
});

test('withoutCode replaces each token by a space', () => {
  expect(withoutCode('{i}あ{/i}[name]い')).toBe(' あ  い');
  expect(withoutCode('[[a] %%')).toBe('[[a] %%');
});

test('tokens are parts of the text in order, and a hostile text is read quickly', () => {
  const piece = fc.constantFrom(
    '[',
    ']',
    '{',
    '}',
    '%',
    '\\',
    'n',
    'C',
    '1',
    '"',
    "'",
    'd',
    '(',
    ')',
    '\n',
    'あ',
    ' ',
    '<',
    '>',
    '@',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 80 }), (pieces) => {
      const text = pieces.join('');
      let last = 0;
      for (const { text: shown, start, end } of codeTokens(text)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        // The tokens of name boxes and plural messages are shorter than their place in the text.
        if (!shown.endsWith('<>') && !shown.includes(',')) expect(text.slice(start, end)).toBe(shown);
        last = end;
      }
    }),
  );
  for (const one of ['[', '{', '%', '\\N[', '"[', '[a ', '@a b=']) codeTokens(one.repeat(20_000));
}, 5_000);
