import { expect, it } from 'vitest';
import { errorStatus, providerErrorCodes, type ErrorCode } from '../../../contract/errors.ts';
import { providerError, blockedReply } from '../__fixtures__/canned.ts';
import { chatProtocols } from '../protocols.ts';
import { errorView } from './error-view.ts';

it.each([400, 401, 403, 404, 409, 413, 422, 429])('a provider’s %i keeps its status and code', (status) => {
  expect(errorView(providerError(status))).toMatchObject({ status, code: 'unknown_parameter' });
});

it.each([402, 408, 418, 500, 503, 529])('a provider’s %i becomes one of ours', (status) => {
  const { code } = providerError(status);
  expect(errorView(providerError(status))).toMatchObject({ status: errorStatus[code], code });
});

it('only a provider’s failure has its status: our own codes keep ours', () => {
  const info = { ...providerError(400), code: 'feature_disabled' as const };
  expect(errorView(info)).toMatchObject({ status: 403, code: 'feature_disabled' });
});

it('a rate limit is retryable, a permanent failure is not', () => {
  const headers = (info: Parameters<typeof errorView>[0]) => errorView(info).headers;
  expect(headers(providerError(429, { retry_after_ms: 1_001 }))).toEqual({ 'retry-after': '2' });
  expect(headers(providerError(409))).toEqual({ 'x-should-retry': 'false' });
  expect(headers(blockedReply)).toEqual({ 'x-should-retry': 'false' });
  expect(headers({ code: 'server_busy', message: 'x', request_id: 'r' })).toEqual({});
});

it('our hint is part of the message, and the field is named as the caller wrote it', () => {
  const details = { hint: 'is the server started?', fields: [{ path: 'params.top_p', message: 'x' }] };
  const view = errorView({ code: 'invalid_request', message: 'no', details, request_id: 'r' });
  expect(view).toMatchObject({ message: 'no; is the server started?', param: 'top_p' });
});

it.each(Object.entries(chatProtocols))('%s has a form for every code', (_, protocol) => {
  for (const code of Object.keys(errorStatus) as ErrorCode[]) {
    const { status, body } = protocol.toError({ code, message: 'It failed.', request_id: 'req-1' });
    expect(status).toBe(errorStatus[code]);
    expect(JSON.stringify(body)).toContain('It failed.');
    expect(JSON.stringify(body)).toContain(code);
  }
  expect(providerErrorCodes.length).toBeGreaterThan(0);
});
