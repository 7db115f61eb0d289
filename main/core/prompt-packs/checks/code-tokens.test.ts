import { describe, expect, test } from 'vitest';
import { changedCode, codeTokens, withoutCode } from './code-tokens.ts';

const tokensOf = (text: string) => codeTokens(text).map(({ text: code }) => code);

describe('code', () => {
  test.each<[string, string[]]>([
    ['Hi [player], {i}now{/i} %s!', ['[player]', '{i}', '{/i}', '%s']],
    ['{color=#f00}red{/color} {w=1.0}', ['{color=#f00}', '{/color}', '{w=1.0}']],
    ['[player.name!t] has [items[0]] and [d["key"]]', ['[player.name!t]', '[items[0]]', '[d["key"]]']],
    ['{0} of {1:N2}, {name}, {x!r:>10}, {}', ['{0}', '{1:N2}', '{name}', '{x!r:>10}', '{}']],
    ['%d %i %u %x %c %f %@', ['%d', '%i', '%u', '%x', '%c', '%f', '%@']],
    ['%.1f %03d %-5s %+d %5.2f %ld %lu', ['%.1f', '%03d', '%-5s', '%+d', '%5.2f', '%ld', '%lu']],
    ['%1$s and %2$d', ['%1$s', '%2$d']],
    ['%(name)s, %(count)03d, %(share).1f', ['%(name)s', '%(count)03d', '%(share).1f']],
    ['%1 took %2 damage', ['%1', '%2']],
    ['%dkm, Lv%d, %dG, %d%s', ['%d', '%d', '%d', '%d', '%s']],
    ['one\\ntwo\\tthree', ['\\n', '\\t']],
    ['\\C[1]red\\C[0] \\V[12] \\N[1] \\I[64]', ['\\C[1]', '\\C[0]', '\\V[12]', '\\N[1]', '\\I[64]']],
    [
      '\\{big\\} \\. \\| \\! \\> \\< \\^ \\$ \\G',
      ['\\{', '\\}', '\\.', '\\|', '\\!', '\\>', '\\<', '\\^', '\\$', '\\G'],
    ],
    ['\\nc<Aya>Hi \\fs[24]', ['\\nc<>', '\\fs[24]']],
    ['line\\nName [player]', ['\\n', '[player]']],
    ['line\\nRoom[1] \\n[player]', ['\\n', '[1]', '\\n', '[player]']],
    ['{{{w}', ['{w}']],
    ['[[[name]', ['[name]']],
    ['（%s）、%d個', ['%s', '%d']],
  ])('%s', (text, tokens) => {
    expect(tokensOf(text)).toEqual(tokens);
  });
});

describe('not code', () => {
  test.each([
    'Use [[brackets] and {{braces}.',
    'Nimm [[Klammern] und {{Schweifklammern}.',
    '100% sure',
    '100% done, 50% of it',
    '100 % sicher',
    '100%sure',
    '20%discount',
    'a 100%-ige Chance',
    '成功率は100%です',
    'ｘ％ｄ',
    '100%% of it',
    'C:\\\\path',
    'a < b, I <3 you',
    'no code at all',
    'an [unclosed bracket',
    'a } stray brace ]',
    '\\"quoted\\"',
    '',
  ])('%s', (text) => {
    expect(tokensOf(text)).toEqual([]);
  });
});

test('lost, doubled or changed code is named; another order is allowed', () => {
  expect(changedCode('{i}a{/i} %s [x]', '%s [x] {i}b{/i}')).toEqual([]);
  expect(changedCode('{i}a{/i}', '{i}a')).toEqual(['{/i}']);
  expect(changedCode('%.1f', '%.2f')).toEqual(['%.1f', '%.2f']);
  expect(changedCode('\\C[1]a\\C[0]', '\\c[1]a\\C[0]')).toEqual(['\\C[1]', '\\c[1]']);
  expect(changedCode('[a]', '[a] [a]')).toEqual(['[a]']);
  expect(changedCode('50% off, 100% sure', 'fünfzig Prozent, sicher')).toEqual([]);
});

test('with its code blanked out, the rest of the text keeps its positions', () => {
  const text = 'Hi [Ann], see https://ann.test/Al?x=1 now';
  const blank = withoutCode(text);
  expect(blank.replace(/ +/g, ' ')).toBe('Hi , see now');
  expect([blank.length, blank.indexOf('now')]).toEqual([text.length, text.indexOf('now')]);
});

test('megabytes of open brackets are read within seconds, not hours', () => {
  const long = ['{', '[', '%(', '\\', '\\C[', '[a['].map((text) => text.repeat(200_000)).join('');
  const started = performance.now();
  codeTokens(long);
  expect(performance.now() - started).toBeLessThan(20_000);
});
