import { expect, test } from 'vitest';
import type { ErrorInfo } from '../../../contract/errors.ts';
import { diagnosticOf, failureFacts } from './failure-facts.ts';

const error = (details?: Record<string, unknown>): ErrorInfo => ({
  code: 'provider_rejected',
  message: 'm',
  request_id: 'r',
  ...(details && { details }),
});

test('details of any shape can be read', () => {
  const empty = failureFacts(error());
  expect(empty).toMatchObject({ status: null, verbatim: null, fields: [], problems: [], attempts: [] });
  const odd = {
    upstream_status: '400',
    upstream_message: 7,
    fields: [null, 'x', { path: 1 }],
    problems: {},
    attempts: [{}],
  };
  expect(failureFacts(error(odd))).toEqual(empty);
});

test('the status is not repeated before the provider’s message', () => {
  const details = { upstream_status: 401, upstream_message: 'HTTP 401: No key' };
  expect(failureFacts(error(details))).toMatchObject({ status: 401, verbatim: 'No key' });
  expect(failureFacts(error({ ...details, upstream_message: 'HTTP 500: No' })).verbatim).toBe('HTTP 500: No');
});

test('a reply that ended at its limit is reported as such, with its length if known', () => {
  expect(failureFacts(error({ finish_reason: 'length', usage: { completion_tokens: 64 } })).cutAt).toBe(64);
  expect(failureFacts(error({ finish_reason: 'length' })).cutAt).toBe('unknown');
  expect(failureFacts(error({ finish_reason: 'stop', usage: { completion_tokens: 64 } })).cutAt).toBeNull();
});

test('the provider’s message, the invalid fields and every attempt are found', () => {
  const fields = [{ path: 'metadata.base_url', message: 'bad' }];
  const attempts = [{ n: 1, provider: 'p', model: 'm', reason: 'first', status: 500, code: null, ms: 3 }];
  const facts = failureFacts(
    error({ upstream_status: 400, upstream_message: 'no', retry_after_ms: 9, fields, attempts }),
  );
  expect(facts).toMatchObject({ status: 400, verbatim: 'no', retryAfterMs: 9, fields, attempts });
});

test('a reply that does not fit its schema can be viewed', () => {
  expect(failureFacts(error({ problems: ['/a: missing'], reply: '{}' }))).toMatchObject({
    problems: ['/a: missing'],
    body: '{}',
  });
});

test('a diagnostic for a bug report leaves out the plan, which has the messages', () => {
  const text = diagnosticOf(error({ provider: 'p', plan: { body: 'my story' } }), { provider: 'p', ms: 12 });
  expect(text).not.toContain('my story');
  expect(JSON.parse(text)).toMatchObject({
    code: 'provider_rejected',
    request_id: 'r',
    ms: 12,
    details: { provider: 'p' },
  });
});
