import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { showLanguage } from '../i18n/current-language.ts';
import { japanese } from '../i18n/ja/catalogue.ts';
import { checkText, connectionText } from './connection-text.ts';
import { errorParts } from './error-text.ts';

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
  expect(errorParts(error)).toEqual({ text: message, original: null });
  showLanguage('ja', japanese);
  expect(errorParts(error)).toEqual({ text: `${origin}に接続を拒否されました。`, original: null });
  expect(checkText({ message, connection })).toMatch(/^http.*拒否されました。$/);
  expect(connectionText(connection)?.hint).toMatch(/確認してください。$/);
});

test('a failed connection of a newer server is shown with the meaning of its error', () => {
  showLanguage('ja', japanese);
  const newer = { code: 'later', values: {} };
  expect(errorParts({ ...error, details: { connection: newer } })).toEqual({
    text: japanese.errors.byCode.provider_unreachable,
    original: message,
  });
});
