import { expect, test } from 'vitest';
import type { ErrorInfo } from '../../../contract/errors.ts';
import {
  checkRegistration,
  refusedRegistration,
  toRegistration,
  undoneRegistration,
} from './registration.ts';

const form = { id: ' my-box ', label: '', provider: 'lmstudio_local', baseUrl: '' };
const refusal = (part: Partial<ErrorInfo>): ErrorInfo => ({
  code: 'invalid_request',
  message: 'no',
  request_id: 'r',
  ...part,
});

test('empty fields are left out, so that the provider’s own values hold', () => {
  expect(toRegistration(form)).toEqual({ id: 'my-box', provider: 'lmstudio_local' });
  expect(toRegistration({ ...form, baseUrl: ' http://127.0.0.1:1/v1 ' }).metadata).toEqual({
    base_url: 'http://127.0.0.1:1/v1',
  });
});

test('a bad id or address is told before anything is sent', () => {
  expect(Object.keys(checkRegistration({ ...form, id: '' }))).toEqual(['id']);
  expect(Object.keys(checkRegistration({ ...form, id: '-x' }))).toEqual(['id']);
  expect(Object.keys(checkRegistration({ ...form, baseUrl: 'localhost:1234' }))).toEqual(['baseUrl']);
  expect(checkRegistration(form)).toEqual({});
});

test('the server’s refusal stands at the field that it is about, or above the button', () => {
  const fields = [{ path: 'metadata.base_url', message: 'bad' }];
  expect(refusedRegistration(refusal({ details: { fields } }))).toEqual({ baseUrl: 'bad' });
  expect(refusedRegistration(refusal({ code: 'id_taken' }))).toEqual({ id: 'no' });
  expect(refusedRegistration(refusal({ code: 'internal_error' }))).toEqual({ form: 'no' });
});

test('undoing a removal does not register a masked secret as if it were the key', () => {
  const adapter = { adapter_id: 'a', provider: 'p', label: 'L', modes: ['chat'] };
  const metadata = {
    base_url: 'http://x',
    api_key: '…a1b2',
    headers: { 'x-api-key': '…c3d4', 'x-title': 'T' },
  };
  expect(undoneRegistration({ ...adapter, metadata })).toEqual({
    registration: {
      id: 'a',
      provider: 'p',
      label: 'L',
      modes: ['chat'],
      metadata: { base_url: 'http://x', headers: { 'x-title': 'T' } },
    },
    keyLost: true,
  });
  expect(undoneRegistration({ ...adapter, metadata: {} }).keyLost).toBe(false);
});
