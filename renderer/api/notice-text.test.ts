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

test('an invalid field is named before its problem, unless the problem names it', () => {
  showLanguage('ja', japanese);
  const wrong = { kind: 'file_problem', code: 'wrong_type', values: { expected: 'string' } } as const;
  const unknown = { kind: 'file_problem', code: 'unknown_field', values: { field: 'a', near: null } };
  expect(
    noticesInOne({
      warnings: [english],
      warning_details: [
        {
          code: 'provider_file_broken',
          values,
          problem_details: [
            { ...wrong, path: 'base' },
            { ...unknown, path: 'a' },
          ],
        },
      ],
    }),
  ).toContain(`${file}: base: 文字列を指定してください。「a」というフィールドはありません。`);
});

test('the message in a warning is translated if its parts have codes', () => {
  showLanguage('ja', japanese);
  const message = '/packs/mine/pack.json, at title: at least 1 character';
  const limit = { limited: 'characters', bound: 1, inclusive: true };
  const part = {
    kind: 'file_problem',
    code: 'too_small',
    values: limit,
    path: '/packs/mine/pack.json: title',
  };
  const textWith = (problem_details: (typeof part)[]) =>
    noticesInOne({
      warnings: [message],
      warning_details: [
        { code: 'pack_unusable', values: { message, last: false, shipped: false }, problem_details },
      ],
    });
  expect(textWith([part])).toContain('/packs/mine/pack.json: title: 1文字以上にしてください。');
  expect(textWith([])).toContain(message);
});
