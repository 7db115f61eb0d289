import { expect, test } from 'vitest';
import { languagesWithoutFont } from './fonts.mjs';

test('a language without a font is named', () => {
  const installed = (pattern) => (pattern === ':lang=ja' ? '/usr/share/fonts/gothic.ttf: Gothic\n' : '');
  expect(languagesWithoutFont(installed)).toEqual(['zh-CN']);
  expect(languagesWithoutFont(() => '/usr/share/fonts/cjk.ttc: CJK\n')).toEqual([]);
});
