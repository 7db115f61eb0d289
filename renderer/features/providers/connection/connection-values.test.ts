import { expect, test } from 'vitest';
import type { ErrorInfo } from '../../../../contract/errors.ts';
import type { ProviderEntry } from '../../../../contract/provider.ts';
import { connectionErrors, entryWith, refusedConnection, valuesOf } from './connection-values.ts';

const entry: ProviderEntry = {
  name: 'my_box',
  adapter: 'openai_compat',
  base: 'http://127.0.0.1:8080/v1',
  models: [{ id: 'm' }],
  headers: { 'x-title': 'T' },
  settings: { test_call: 'live' },
  unknown_to_us: 1,
};
const values = valuesOf(entry);

test('saving without an edit changes nothing, unknown fields included', () => {
  expect(entryWith(entry, values)).toEqual(entry);
  expect(connectionErrors(entry, values)).toEqual({});
});

test('an emptied field is removed from the file', () => {
  const emptied = entryWith(entry, { ...values, headers: [], settings: ' ', timeout: '' });
  expect(Object.keys(emptied).sort()).toEqual(['adapter', 'base', 'models', 'name', 'unknown_to_us']);
});

test('“enabled” is written only if it has an effect', () => {
  expect(entryWith(entry, { ...values, enabled: true })).not.toHaveProperty('enabled');
  expect(entryWith(entry, { ...values, enabled: false }).enabled).toBe(false);
  expect(entryWith({ ...entry, enabled: false }, { ...values, enabled: true }).enabled).toBe(true);
});

test('an input that the server would refuse is reported at its field before it is sent', () => {
  const wrong = (part: Partial<typeof values>) =>
    Object.keys(connectionErrors(entry, { ...values, ...part }));
  expect(wrong({ base: 'localhost:8080' })).toEqual(['base']);
  expect(wrong({ timeout: '0' })).toEqual(['timeout']);
  expect(wrong({ timeout: 'soon' })).toEqual(['timeout']);
  expect(wrong({ settings: '{"a":' })).toEqual(['settings']);
  expect(wrong({ settings: '[1]' })).toEqual(['settings']);
  expect(
    wrong({
      headers: [
        { name: 'A', value: '1' },
        { name: 'a', value: '2' },
      ],
    }),
  ).toEqual(['headers']);
});

test('the server’s refusal of a key in a header is shown at the headers', () => {
  const refusal = (details?: ErrorInfo['details']): ErrorInfo => ({
    code: 'invalid_request',
    message: 'no',
    request_id: 'r',
    details,
  });
  const fields = [{ path: 'provider.headers.authorization', message: 'a key' }];
  expect(refusedConnection(refusal({ fields }))).toEqual({ headers: 'a key' });
  expect(refusedConnection(refusal())).toEqual({ form: 'no' });
});
