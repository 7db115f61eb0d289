import { expect, test } from 'vitest';
import { toError } from './errors.ts';

test.each([
  [400, 'INVALID_ARGUMENT', 'provider_rejected'],
  [400, 'FAILED_PRECONDITION', 'provider_rejected'],
  [401, 'UNAUTHENTICATED', 'provider_unauthorized'],
  [403, 'PERMISSION_DENIED', 'provider_unauthorized'],
  [404, 'NOT_FOUND', 'provider_not_found'],
  [429, 'RESOURCE_EXHAUSTED', 'provider_rate_limited'],
  [500, 'INTERNAL', 'provider_error'],
  [503, 'UNAVAILABLE', 'provider_overloaded'],
  [504, 'DEADLINE_EXCEEDED', 'provider_timeout'],
  [200, 'RESOURCE_EXHAUSTED', 'provider_rate_limited'],
])('status %i %s gets its own error code', (code, status, expected) => {
  const body = { error: { code, message: 'As Gemini says.', status } };
  expect(toError(code, body, JSON.stringify(body))).toMatchObject({
    code: expected,
    upstreamCode: status,
    upstreamMessage: 'As Gemini says.',
  });
});

test.each([
  ['12s', 12_000],
  ['34.4s', 34_400],
  ['0s', 0],
  ['soon', undefined],
  [7, undefined],
])('a retryDelay of %s is read', (retryDelay, expected) => {
  const body = {
    error: { code: 429, message: 'm', status: 'RESOURCE_EXHAUSTED', details: [{}, { retryDelay }] },
  };
  expect(toError(429, body, '').retryAfterMs).toBe(expected);
});

test.each([
  ['<html>502</html>', '<html>502</html>'],
  ['', 'HTTP 502 with an empty body'],
  ['{"message":"proxy says no"}', 'proxy says no'],
  ['[]', '[]'],
])('a body that is not Google’s is quoted as the message: %s', (text, expected) => {
  expect(toError(502, undefined, text)).toMatchObject({ code: 'provider_error', upstreamMessage: expected });
});
