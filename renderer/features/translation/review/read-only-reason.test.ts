import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { showLanguage } from '../../../i18n/current-language.ts';
import { japanese } from '../../../i18n/ja/catalogue.ts';
import { readOnlyReason } from './read-only-reason.ts';

beforeEach(() => void vi.stubGlobal('document', { documentElement: { lang: '' } }));
afterEach(() => {
  showLanguage('en', null);
  vi.unstubAllGlobals();
});

const known = [
  'Line 12: the block was edited by hand.',
  'Line 12: the block was edited by hand and has 3 lines of dialogue.',
  'Line 12: the translation is computed.',
];

test.each(known)('%s is shown in the current language', (english) => {
  expect(readOnlyReason(english)).toBe(english);
  showLanguage('ja', japanese);
  expect(readOnlyReason(english)).toMatch(/^12行目: [^A-Za-z]+$/);
});

test('another sentence stays as it is', () => {
  showLanguage('ja', japanese);
  expect(readOnlyReason('The file is locked.')).toBe('The file is locked.');
});
