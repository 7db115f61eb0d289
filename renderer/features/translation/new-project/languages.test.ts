import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { showLanguage } from '../../../i18n/current-language.ts';
import { languageLabel, languageName, languageOptions, usualLanguages } from './languages.ts';

// Removed again: libraries in the same process would take it for a browser's.
beforeEach(() => void vi.stubGlobal('document', { documentElement: {} }));
afterEach(() => {
  showLanguage('en', null);
  vi.unstubAllGlobals();
});

test('a language is shown in the panel’s language and saved by its English name', () => {
  expect(languageLabel('Simplified Chinese')).toBe('Simplified Chinese');
  showLanguage('ja', null);
  expect(languageLabel('English')).toBe('英語');
  expect(languageName('英語')).toBe('English');
  expect(languageName('English')).toBe('English');
  expect(languageOptions()[1]).toEqual({ value: '日本語', label: '日本語', note: '日本語' });
});

test('a language typed in lower case, or by its own name, is the known one', () => {
  expect(languageName('german')).toBe('German');
  expect(languageName(' deutsch ')).toBe('German');
  expect(languageName('한국어')).toBe('Korean');
});

test('a language that is not known stays as it was typed', () => {
  showLanguage('zh-CN', null);
  expect(languageLabel('Portuguese (Brazil)')).toBe('Portuguese (Brazil)');
  expect(languageName('葡萄牙语（巴西）')).toBe('葡萄牙语（巴西）');
});

test('a new project is translated into the panel’s language unless that is English', () => {
  showLanguage('zh-CN', null);
  expect(usualLanguages()).toEqual({ from: '', into: 'Simplified Chinese' });
  showLanguage('ja', null);
  expect(usualLanguages()).toEqual({ from: '', into: 'Japanese' });
});
