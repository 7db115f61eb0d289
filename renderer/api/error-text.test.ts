import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { showLanguage } from '../i18n/current-language.ts';
import { japanese } from '../i18n/ja/catalogue.ts';
import { checkText, connectionText } from './connection-text.ts';
import { errorParts, errorText } from './error-text.ts';

const origin = 'http://127.0.0.1:1234';
const message = `connection refused by ${origin}`;
const connection = { code: 'refused', values: { origin } } as const;
const error = { code: 'provider_unreachable', message, details: { connection } };

// Removed again: libraries in the same process would take it for a browser's.
beforeEach(() => void vi.stubGlobal('document', { documentElement: {} }));
afterEach(() => {
  showLanguage('en', null);
  vi.unstubAllGlobals();
});

test('a failed connection is translated with its values', () => {
  expect(errorParts(error)).toEqual({ text: message, fields: null, original: null });
  showLanguage('ja', japanese);
  expect(errorParts(error)).toEqual({
    text: `${origin}に接続を拒否されました。`,
    fields: null,
    original: null,
  });
  expect(checkText({ message, connection })).toMatch(/^http.*拒否されました。$/);
  expect(connectionText(connection)?.hint).toMatch(/確認してください。$/);
});

test('a failed connection of a newer server is shown with the meaning of its error', () => {
  showLanguage('ja', japanese);
  const newer = { code: 'later', values: {} };
  expect(errorParts({ ...error, details: { connection: newer } })).toEqual({
    text: japanese.errors.byCode.provider_unreachable,
    fields: null,
    original: message,
  });
});

const refused = (fields: object[], more = {}) => ({
  code: 'invalid_request',
  message: 'retries: at most 5; unknown field "nonsense"',
  details: { fields, ...more },
});
const tooBig = {
  path: 'retries',
  message: 'at most 5',
  message_detail: { code: 'too_big', values: { limited: 'value', bound: 5, inclusive: true } },
};
const unknown = {
  path: 'nonsense',
  message: 'unknown field "nonsense"',
  message_detail: { code: 'unknown_field', values: { field: 'nonsense', near: null } },
};

test('invalid fields are translated, each with its path', () => {
  expect(errorText(refused([tooBig, unknown]))).toBe('retries: at most 5; unknown field "nonsense"');
  showLanguage('ja', japanese);
  expect(errorText(refused([tooBig, unknown]))).toBe(
    'リクエストの内容が正しくありません。retries: 5以下の値を指定してください。「nonsense」というフィールドはありません。',
  );
  expect(errorText(refused([tooBig], { file: '/p/project.json' }))).toContain('/p/project.json: retries: 5');
});

test('if one of the fields has no code that is known, the message stays English', () => {
  showLanguage('ja', japanese);
  const newer = { ...tooBig, message_detail: { code: 'later', values: {} } };
  const { message_detail: _none, ...older } = tooBig;
  for (const field of [newer, older])
    expect(errorParts(refused([unknown, field]))).toMatchObject({
      fields: null,
      original: 'retries: at most 5; unknown field "nonsense"',
    });
});
