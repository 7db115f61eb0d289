import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { showLanguage } from '../../../i18n/current-language.ts';
import { japanese } from '../../../i18n/ja/catalogue.ts';
import { runReason } from './run-reason.ts';

beforeEach(() => void vi.stubGlobal('document', { documentElement: { lang: '' } }));
afterEach(() => {
  showLanguage('en', null);
  vi.unstubAllGlobals();
});

const stopped = { code: 'budget_exceeded', reason: 'the limit of $1 is reached', confirm_usd: null };

test('a batch that waits for its price is explained by the button beside it, without fields of the API', () => {
  const asked = { ...stopped, reason: 'raise the limit (confirm_usd: 0.0137)', confirm_usd: 0.0137 };
  expect(runReason(asked)).toContain('$0.0137');
  expect(runReason(asked)).not.toContain('confirm_usd');
  showLanguage('ja', japanese);
  expect(runReason(asked)).toMatch(/^[^a-z]*\$0\.0137[^a-z]*$/);
});

test('in English the core’s message is shown alone; other languages first say what its code means', () => {
  expect(runReason(stopped)).toBe(stopped.reason);
  showLanguage('ja', japanese);
  expect(runReason(stopped)).toBe(`${japanese.errors.byCode.budget_exceeded}${stopped.reason}`);
  expect(runReason({ ...stopped, code: 'failed_groups' })).toBe(
    `${japanese.translation.run.reasons.failed_groups}${stopped.reason}`,
  );
});

test('a run that was paused without a code keeps its message, and a completed run has none', () => {
  showLanguage('ja', japanese);
  expect(runReason({ ...stopped, code: null })).toBe(stopped.reason);
  expect(runReason({ code: null, reason: null, confirm_usd: null })).toBeNull();
});

test('a run that ended with the program says so in the current language', () => {
  const closed = {
    code: null,
    reason: 'the program was closed',
    reason_detail: { code: 'program_closed', values: {} },
    confirm_usd: null,
  };
  expect(runReason(closed)).toBe(closed.reason);
  showLanguage('ja', japanese);
  expect(runReason(closed)).toBe(japanese.codedTexts.run_end.program_closed({}));
});
