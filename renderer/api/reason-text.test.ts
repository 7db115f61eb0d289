import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Dropped } from '../../contract/plan.ts';
import { showLanguage } from '../i18n/current-language.ts';
import { japanese } from '../i18n/ja/catalogue.ts';
import { simplifiedChinese } from '../i18n/zh/catalogue.ts';
import { reasonText } from './reason-text.ts';
import { warningText } from './warning-text.ts';

beforeEach(() => void vi.stubGlobal('document', { documentElement: { lang: '' } }));
afterEach(() => {
  showLanguage('en', null);
  vi.unstubAllGlobals();
});

const later: Dropped = {
  param: 'max_tokens',
  reason: '"num_predict" fills the same field and was set later',
  reason_detail: { code: 'overridden_later', values: { param: 'num_predict' } },
};

test('English shows the core’s own reason, other languages their text with the same values', () => {
  expect(reasonText(later)).toBe(later.reason);
  showLanguage('ja', japanese);
  expect(reasonText(later)).toBe('同じ設定の「num_predict」が後から指定されたため、そちらを使います。');
  showLanguage('zh-CN', simplifiedChinese);
  expect(reasonText(later)).toBe('之后设置的“num_predict”作用相同，以后者为准。');
});

test('a reason without a code, or with one of a newer server, is shown as it is', () => {
  showLanguage('ja', japanese);
  const { reason } = later;
  expect(reasonText({ reason })).toBe(reason);
  const newer = JSON.parse('{ "code": "of_a_newer_server", "values": {} }') as Dropped['reason_detail'];
  expect(reasonText({ reason, reason_detail: newer })).toBe(reason);
});

test('a warning that contains a reason contains its translation', () => {
  const reason = 'messages have no name in this protocol: write it into the text';
  const warning = {
    code: 'message_part_dropped',
    message: `\`messages[0].name\` was not sent: ${reason}`,
    values: { part: 'messages[0].name', reason },
    reason_detail: { code: 'no_message_name', values: {} },
  } as const;
  expect(warningText(warning)).toBe(warning.message);
  showLanguage('ja', japanese);
  expect(warningText(warning)).toBe(
    `messages[0].nameは送信されません: ${japanese.reasons.no_message_name({})}`,
  );
  const { reason_detail: _detail, ...old } = warning;
  expect(warningText(old)).toContain(reason);
});
