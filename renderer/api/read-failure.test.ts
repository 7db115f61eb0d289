import { expect, test } from 'vitest';
import { readFailure } from './read-failure.ts';

const info = { code: 'missing_key', message: 'a key is needed', request_id: 'r1' };

test('the flat error of the guard and of streams is read like an envelope', () => {
  const flat = { ok: false, ...info, error: info.message, detail: info.message, details: { variable: 'X' } };
  expect(readFailure(flat, 'call')).toEqual({ ok: false, error: { ...info, details: { variable: 'X' } } });
  expect(readFailure({ ok: false, error: info }, 'call')).toEqual({ ok: false, error: info });
});

test('a success is not read as a failure', () => {
  expect(readFailure({ ok: true, data: {} }, 'call')).toBeNull();
  expect(readFailure(null, 'call')).toBeNull();
  expect(readFailure([], 'call')).toBeNull();
});
