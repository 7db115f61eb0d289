import { expect, test } from 'vitest';
import { serverStateOf } from './server-state.ts';

test('a server that answers 401 or 403 asks for a key; another error stays an error', () => {
  expect(serverStateOf({ status: 'error', http_status: 401 })).toBe('needs_key');
  expect(serverStateOf({ status: 'error', http_status: 403 })).toBe('needs_key');
  expect(serverStateOf({ status: 'error', http_status: 404 })).toBe('error');
  expect(serverStateOf({ status: 'nothing', http_status: null })).toBe('nothing');
  expect(serverStateOf({ status: 'found', http_status: 200 })).toBe('found');
});
