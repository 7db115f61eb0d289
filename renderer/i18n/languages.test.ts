import { expect, test } from 'vitest';
import { languageFor } from '../../contract/languages.ts';

test('the system’s first supported language is used, or else English', () => {
  const shown = (...wanted: string[]) => languageFor('system', wanted);
  expect(shown('ja-JP', 'en-US')).toBe('ja');
  expect(shown('zh-Hans-CN')).toBe('zh-CN');
  expect(shown('zh-SG')).toBe('zh-CN');
  expect(shown('zh')).toBe('zh-CN');
  expect(shown('en-GB', 'ja')).toBe('en');
  expect(shown('de-DE', 'fr')).toBe('en');
  expect(shown()).toBe('en');
});

test('a reader of Traditional Chinese gets the next supported language, not Simplified Chinese', () => {
  expect(languageFor('system', ['zh-TW', 'ja'])).toBe('ja');
  expect(languageFor('system', ['zh-Hant-HK', 'en'])).toBe('en');
});

test('an invalid language tag is skipped', () => {
  expect(languageFor('system', ['C', 'POSIX_x', 'ja_JP', 'zh-CN'])).toBe('zh-CN');
});

test('the user’s choice takes precedence over the system', () => {
  expect(languageFor('en', ['ja'])).toBe('en');
  expect(languageFor('zh-CN', ['ja'])).toBe('zh-CN');
});
