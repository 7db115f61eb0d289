import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { errorText } from '../api/error-text.ts';
import { benchMessages } from '../messages/bench-messages.ts';
import {
  formatCount,
  formatDateTime,
  formatDay,
  formatDuration,
  formatTimestamp,
  formatUsd,
} from '../ui/format.ts';
import { showLanguage } from './current-language.ts';
import { japanese } from './ja/catalogue.ts';
import { perLanguage } from './per-language.ts';
import { plural, pluralOf } from './plural.ts';
import { simplifiedChinese } from './zh/catalogue.ts';

beforeEach(() => void vi.stubGlobal('document', { documentElement: { lang: '' } }));
afterEach(() => {
  showLanguage('en', null);
  vi.unstubAllGlobals();
});

test('a table object is the same in every language and reads the current one; the page’s lang is set', () => {
  const { roles } = benchMessages.bench;
  expect(roles.user).toBe('User');
  showLanguage('ja', japanese);
  expect(roles.user).toBe('ユーザー');
  expect(benchMessages.bench.column(2)).toBe('列2');
  expect(Object.values(benchMessages.bench.roles)).toEqual(['システム', 'ユーザー', 'アシスタント']);
  expect(document.documentElement.lang).toBe('ja');
  showLanguage('zh-CN', simplifiedChinese);
  expect(benchMessages.bench.roles).toBe(roles);
  expect(roles.user).toBe('用户');
});

test('a text missing from a language is in English', () => {
  showLanguage('ja', { ...japanese, bench: { bench: { send: '送信' } } } as unknown as typeof japanese);
  expect(benchMessages.bench.send).toBe('送信');
  expect(benchMessages.bench.roles.user).toBe('User');
  expect(benchMessages.needs.key('OpenAI')).toBe('OpenAI needs a key.');
});

test('a formatter is created once per language', () => {
  const make = perLanguage(() => [benchMessages.bench.send]);
  const first = make();
  expect(make()).toBe(first);
  showLanguage('ja', japanese);
  expect(make()).toEqual(['送信']);
  showLanguage('en', null);
  expect(make()).toBe(first);
});

test('plurals follow the language', () => {
  const models = (count: number) => plural(count, { one: '1 model', other: `${count} models` });
  expect([0, 1, 2].map(models)).toEqual(['0 models', '1 model', '2 models']);
  const lines = (count: string) => pluralOf(count, { one: '1 line', other: `${count} lines` });
  expect(['0', '1', '21', '1,001'].map(lines)).toEqual(['0 lines', '1 line', '21 lines', '1,001 lines']);
  showLanguage('ja', japanese);
  expect(plural(1, { one: 'never', other: '1個' })).toBe('1個');
});

test('numbers, money, durations and dates follow the language', () => {
  const at = new Date(2026, 10, 2, 21, 5, 33).toISOString();
  expect([formatTimestamp(at), formatDateTime(at), formatDuration(125_000)]).toEqual([
    '11-02 21:05:33',
    expect.stringMatching(/^Nov 2, 2026, 9:05:33\sPM$/),
    '2 min 05 s',
  ]);
  expect(formatDay(at)).toBe('2 November 2026');
  showLanguage('ja', japanese);
  expect([formatTimestamp(at), formatDateTime(at), formatDuration(125_000)]).toEqual([
    '11/02 21:05:33',
    '2026/11/02 21:05:33',
    '2分05秒',
  ]);
  expect(formatDay(at)).toBe('2026年11月2日');
  showLanguage('zh-CN', simplifiedChinese);
  expect([formatTimestamp(at), formatDateTime(at), formatDuration(3200)]).toEqual([
    '11/02 21:05:33',
    '2026年11月2日 21:05:33',
    '3.2 秒',
  ]);
  expect([formatCount(1_234_567), formatUsd(0.0123), formatUsd(0)]).toEqual(['1,234,567', '$0.012', '$0']);
});

test('an error of the core shows its code’s meaning and the core’s message; the page’s own is unchanged', () => {
  const error = { code: 'unknown_model', message: 'no provider lists a model "x"' };
  expect(errorText(error)).toBe(error.message);
  showLanguage('ja', japanese);
  expect(errorText(error)).toBe('該当するモデルがありません。no provider lists a model "x"');
  expect(errorText({ ...error, details: { origin: 'page' } })).toBe(error.message);
  expect(errorText({ code: 'a_later_code', message: 'Something' })).toBe('Something');
});
