import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { showLanguage } from '../i18n/current-language.ts';
import { japanese } from '../i18n/ja/catalogue.ts';
import { noticesInOne, noticeTexts } from './notice-text.ts';

const file = '/config/llm/providers/mine.json';
const english = `${file}: is not JSON: it is empty; the provider is left out until this is fixed`;
const values = { file, path: null, problem: 'is not JSON: it is empty', last: false };
const empty = { kind: 'file_problem', code: 'empty', values: {} };

const textOf = (problem_details: (typeof empty)[]) =>
  noticesInOne({
    warnings: [english],
    warning_details: [{ code: 'provider_file_broken', values, problem_details }],
  });

beforeEach(() => void vi.stubGlobal('document', { documentElement: { lang: '' } }));
afterEach(() => {
  showLanguage('en', null);
  vi.unstubAllGlobals();
});

test('English is the core’s own', () => {
  expect(textOf([empty])).toBe(english);
});

test('a warning and what is wrong with its file are in the panel’s language', () => {
  showLanguage('ja', japanese);
  expect(textOf([empty])).toBe(
    `${file}: ファイルが空で、JSONではありません。修正されるまで、このプロバイダーは使用できません。`,
  );
});

test('a problem of a newer server is in English in a translated warning', () => {
  showLanguage('ja', japanese);
  expect(textOf([{ ...empty, code: 'new_code' }])).toBe(
    `${file}: is not JSON: it is empty. 修正されるまで、このプロバイダーは使用できません。`,
  );
});

test('warnings without a code stay as they are', () => {
  showLanguage('ja', japanese);
  expect(noticeTexts({ warnings: [english, 'second'] })).toEqual([english, 'second']);
});
