import { expect, test } from 'vitest';
import { connectionValues } from '../../../contract/connection-failure.ts';
import { proxyFailure, proxyUnusable } from './proxy-failure.ts';
import { socketFailure, TransportError } from './transport-error.ts';

const origin = 'http://127.0.0.1:1234';
const withCode = (code: string, message = 'a message') => Object.assign(new Error(message), { code });

/** The failure's code, whose values must be those of the contract. */
function codeOf(failure: Error): string | undefined {
  if (!(failure instanceof TransportError) || !failure.connection) return undefined;
  const { code, values } = failure.connection;
  expect(connectionValues[code].strict().parse(values)).toEqual(values);
  return code;
}

test.each([
  ['ECONNREFUSED', 'refused'],
  ['ENOTFOUND', 'name_unresolved'],
  ['UND_ERR_CONNECT_TIMEOUT', 'connect_timeout'],
  ['UND_ERR_HEADERS_TIMEOUT', 'no_data'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
  ['HPE_INVALID_CONSTANT', 'not_http'],
  ['ECONNRESET', 'broken'],
])('a socket that ends with %s is the failure %s', (code, expected) => {
  const failure = socketFailure(withCode(code), origin, 30_000);
  expect(codeOf(failure)).toBe(expected);
});

test.each([
  ['ECONNREFUSED', 'proxy_refused'],
  ['EAI_AGAIN', 'proxy_unresolved'],
  ['EHOSTUNREACH', 'proxy_unreachable'],
  ['UND_ERR_CONNECT_TIMEOUT', 'proxy_timeout'],
])('a proxy that ends with %s is the failure %s', (code, expected) => {
  const proxy = { host: 'proxy:8080', variable: 'HTTPS_PROXY' } as Parameters<typeof proxyFailure>[1];
  expect(codeOf(proxyFailure(withCode(code), proxy, origin))).toBe(expected);
});

test('a proxy’s own answer and an unusable proxy have codes of their own', () => {
  const proxy = { host: 'proxy:8080', variable: 'HTTPS_PROXY' } as Parameters<typeof proxyFailure>[1];
  const answered = proxyFailure(new Error('Proxy response (407) !== 200'), proxy, origin);
  expect(codeOf(answered)).toBe('proxy_status');
  expect(codeOf(proxyUnusable({ variable: 'HTTPS_PROXY', problem: 'is not an address' }))).toBe(
    'proxy_unusable',
  );
});
