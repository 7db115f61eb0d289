import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { showLanguage } from '../../../i18n/current-language.ts';
import { japanese } from '../../../i18n/ja/catalogue.ts';
import type { UnitView } from '../../../../contract/translation.ts';
import { readOnlyText, unitChoices } from './unit-choices.ts';

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

test.each(known)('%s is shown in the current language, in the row and in its menu', (english) => {
  expect(readOnlyText(english)).toContain(english);
  showLanguage('ja', japanese);
  expect(readOnlyText(english)).toMatch(/12行目: [^A-Za-z]+$/);
  const unit = { read_only: english } as UnitView;
  const handlers = { onApprove: () => {}, onEdit: () => {}, onRetry: () => {} };
  for (const { unavailable } of unitChoices(unit, false, handlers))
    expect(unavailable).toBe(readOnlyText(english));
});

test('another sentence stays as it is', () => {
  showLanguage('ja', japanese);
  expect(readOnlyText('The file is locked.')).toContain('The file is locked.');
});
