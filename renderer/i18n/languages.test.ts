import { expect, test } from 'vitest';
import { languageFor } from './languages.ts';

test('the system’s first language that the panel speaks is shown, English where there is none', () => {
  const shown = (...wanted: string[]) => languageFor('system', wanted);
  expect(shown('ja-JP', 'en-US')).toBe('ja');
  expect(shown('zh-Hans-CN')).toBe('zh-CN');
  expect(shown('zh-SG')).toBe('zh-CN');
  expect(shown('zh')).toBe('zh-CN');
  expect(shown('en-GB', 'ja')).toBe('en');
  expect(shown('de-DE', 'fr')).toBe('en');
  expect(shown()).toBe('en');
});

test('a reader of Traditional Chinese gets the next language of the list, not Simplified Chinese', () => {
  expect(languageFor('system', ['zh-TW', 'ja'])).toBe('ja');
  expect(languageFor('system', ['zh-Hant-HK', 'en'])).toBe('en');
});

test('what is no language tag is passed over', () => {
  expect(languageFor('system', ['C', 'POSIX_x', 'ja_JP', 'zh-CN'])).toBe('zh-CN');
});

test('a choice wins over the system', () => {
  expect(languageFor('en', ['ja'])).toBe('en');
  expect(languageFor('zh-CN', ['ja'])).toBe('zh-CN');
});
