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
])('tells status %i apart', (status, code) => {
  expect(text(status, { error: { message: 'No' } }).code).toBe(code);
});

it('goes by the status inside where the reply came under 200', () => {
  expect(text(200, { error: { code: 429, message: 'Slow down' } }).code).toBe('provider_rate_limited');
  expect(text(200, { error: { code: 'server_error', message: 'Oops' } }).code).toBe('provider_error');
});

it('does not take the number inside a real error status for the status', () => {
  expect(text(403, { error: { code: 429, message: 'No' } }).code).toBe('provider_unauthorized');
});

it.each([
  { error: { message: 'No', code: 'content_policy_violation' } },
  { error: { message: 'No', code: 'BadRequest', innererror: { code: 'ResponsibleAIPolicyViolation' } } },
])('knows a content filter, which no retry and no other key gets past', (json) => {
  expect(text(400, json).code).toBe('content_filtered');
});

it('unpacks the JSON that OpenRouter keeps as text', () => {
  const metadata = { provider_name: 'Groq', raw: '{"error":{"message":"Too long"}}' };
  const json = { error: { code: 400, message: 'Provider returned error', metadata } };
  expect(text(400, json).upstreamMessage).toBe('Provider returned error (Groq: Too long)');
});
