import { expect, it } from 'vitest';
import { toError } from './errors.ts';

const text = (status: number, json: unknown) => toError(status, json, JSON.stringify(json));

it.each([
  [400, 'provider_rejected'],
  [401, 'provider_unauthorized'],
  [404, 'provider_not_found'],
  [408, 'provider_timeout'],
  [422, 'provider_rejected'],
  [429, 'provider_rate_limited'],
  [500, 'provider_error'],
  [503, 'provider_overloaded'],
  [504, 'provider_timeout'],
  [529, 'provider_overloaded'],
])('gives status %i its own code', (status, code) => {
  expect(text(status, { error: { message: 'No' } }).code).toBe(code);
});

it('uses the status in the body where the reply came with 200', () => {
  expect(text(200, { error: { code: 429, message: 'Slow down' } }).code).toBe('provider_rate_limited');
  expect(text(200, { error: { code: 'server_error', message: 'Oops' } }).code).toBe('provider_error');
});

it('ignores the number in the body of a real error status', () => {
  expect(text(403, { error: { code: 429, message: 'No' } }).code).toBe('provider_unauthorized');
});

it.each([
  { error: { message: 'No', code: 'content_policy_violation' } },
  { error: { message: 'No', code: 'BadRequest', innererror: { code: 'ResponsibleAIPolicyViolation' } } },
])('recognises a content filter, which is not retried', (json) => {
  expect(text(400, json).code).toBe('content_filtered');
});

it('unpacks the JSON that OpenRouter nests as text', () => {
  const metadata = { provider_name: 'Groq', raw: '{"error":{"message":"Too long"}}' };
  const json = { error: { code: 400, message: 'Provider returned error', metadata } };
  expect(text(400, json).upstreamMessage).toBe('Provider returned error (Groq: Too long)');
});
