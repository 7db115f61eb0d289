import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { showLanguage } from '../i18n/current-language.ts';
import { japanese } from '../i18n/ja/catalogue.ts';
import { changeText, codedText } from './coded-text.ts';

beforeEach(() => void vi.stubGlobal('document', { documentElement: { lang: '' } }));
afterEach(() => {
  showLanguage('en', null);
  vi.unstubAllGlobals();
});

const change = {
  id: 'change-1',
  at: '2026-11-30T00:00:00.000Z',
  summary: 'saved the key of openai',
  summary_detail: { code: 'key_saved', values: { provider: 'openai', key: null } },
};

test('a text of the core is shown in the current language', () => {
  expect(changeText(change)).toBe(change.summary);
  showLanguage('ja', japanese);
  expect(changeText(change)).toBe('openaiのAPIキーを保存');
});

test('a text without a code, or with one that is not known, stays as it is', () => {
  showLanguage('ja', japanese);
  const { summary_detail: _none, ...older } = change;
  expect(changeText(older)).toBe(change.summary);
  expect(codedText('change', 'folded the map', { code: 'map_folded', values: {} })).toBe('folded the map');
});

test('a reason within a note of an import is in the panel’s language', () => {
  showLanguage('ja', japanese);
  const message = 'schema: nested deeper than 32';
  const deep = { kind: 'preset_problem', code: 'schema_too_deep', values: { levels: 32 } };
  expect(
    codedText('import_note', message, {
      code: 'settings_refused',
      values: { message },
      problem_details: [deep],
    }),
  ).toBe('この設定では、すべての呼び出しが拒否されます。スキーマの入れ子が32段を超えています。');
});
