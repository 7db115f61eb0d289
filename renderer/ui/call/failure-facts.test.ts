import { expect, test } from 'vitest';
import type { ErrorInfo } from '../../../contract/errors.ts';
import { diagnosticOf } from './diagnostic.ts';
import { failureFacts } from './failure-facts.ts';

const error = (details?: Record<string, unknown>): ErrorInfo => ({
  code: 'provider_rejected',
  message: 'm',
  request_id: 'r',
  ...(details && { details }),
});

test('details of any shape are read without throwing', () => {
  const empty = {
    status: null,
    provider: null,
    model: null,
    verbatim: null,
    body: null,
    hint: null,
    fields: [],
  };
  expect(failureFacts(error())).toEqual(empty);
  expect(
    failureFacts(error({ upstream_status: '400', upstream_message: 7, fields: [null, 'x', { path: 1 }] })),
  ).toEqual(empty);
});

test('the provider’s words and the bad fields are found', () => {
  const facts = failureFacts(
    error({
      upstream_status: 400,
      upstream_message: 'no',
      fields: [{ path: 'metadata.base_url', message: 'bad' }],
    }),
  );
  expect(facts).toMatchObject({
    status: 400,
    verbatim: 'no',
    fields: [{ path: 'metadata.base_url', message: 'bad' }],
  });
});

test('a diagnostic for a bug report leaves out the plan, which holds the messages', () => {
  const text = diagnosticOf(error({ provider: 'p', plan: { body: 'my story' } }), { provider: 'p', ms: 12 });
  expect(text).not.toContain('my story');
  expect(JSON.parse(text)).toMatchObject({
    code: 'provider_rejected',
    request_id: 'r',
    ms: 12,
    details: { provider: 'p' },
  });
});
