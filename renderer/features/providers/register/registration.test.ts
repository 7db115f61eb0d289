import { expect, test } from 'vitest';
import type { ErrorInfo } from '../../../../contract/errors.ts';
import { checkRegistration, emptyRegistration, refusedRegistration, toRegistration } from './registration.ts';

const form = { ...emptyRegistration, id: ' my-box ' };
const refusal = (part: Partial<ErrorInfo>): ErrorInfo => ({
  code: 'invalid_request',
  message: 'no',
  request_id: 'r',
  ...part,
});

test('empty fields are left out, so that the provider’s own values apply', () => {
  expect(toRegistration(form)).toEqual({ id: 'my-box', provider: 'lmstudio_local' });
  expect(toRegistration({ ...form, baseUrl: ' http://127.0.0.1:1/v1 ' }).metadata).toEqual({
    base_url: 'http://127.0.0.1:1/v1',
  });
});

test('lists may use commas and lines, and other metadata is added', () => {
  const filled = { ...form, modes: 'chat, translate', models: 'a\nb, c', metadata: '{"timeout": 9}' };
  expect(toRegistration(filled, 'k')).toMatchObject({
    modes: ['chat', 'translate'],
    metadata: { api_key: 'k', models: ['a', 'b', 'c'], timeout: 9 },
  });
});

test('an invalid id, address or metadata is reported at its field before it is sent', () => {
  const wrong = (part: Partial<typeof form>) => Object.keys(checkRegistration({ ...form, ...part }));
  expect(wrong({ id: '' })).toEqual(['id']);
  expect(wrong({ id: '-x' })).toEqual(['id']);
  expect(wrong({ baseUrl: 'localhost:1234' })).toEqual(['baseUrl']);
  expect(wrong({ metadata: '{"a"' })).toEqual(['metadata']);
  expect(wrong({ metadata: '[1]' })).toEqual(['metadata']);
  expect(wrong({ metadata: '{"timeout": -1}' })).toEqual(['metadata']);
  expect(wrong({})).toEqual([]);
});

test('the server’s refusal is shown at its field, or above the button', () => {
  const fields = [{ path: 'metadata.base_url', message: 'bad' }];
  expect(refusedRegistration(refusal({ details: { fields } }))).toEqual({ baseUrl: 'bad' });
  expect(refusedRegistration(refusal({ code: 'id_taken' }))).toEqual({ id: 'no' });
  expect(refusedRegistration(refusal({ message: 'metadata.headers: "a b" is not' }))).toHaveProperty(
    'metadata',
  );
  expect(refusedRegistration(refusal({ message: 'metadata.api_key: not a key' }))).toHaveProperty('key');
  expect(refusedRegistration(refusal({ code: 'internal_error' }))).toEqual({ form: 'no' });
});
