import { expect, test } from 'vitest';
import { carriesSecret } from './stored-request.ts';

const messages = [{ role: 'user' as const, content: 'Hello' }];

test.each([
  { query: { key: 'AIza-planted' } },
  { headers: { Authorization: 'Bearer planted' } },
  { body: { nested: { client_secret: 'planted' } } },
])('a credential in a refused call is not stored in the log: %j', (options) => {
  expect(carriesSecret({ messages, provider_options: options })).toBe(true);
});

test('a call with harmless options is stored', () => {
  const options = { headers: { 'X-Title': 'VN' }, query: { alt: 'sse' }, body: { top_k: 4 } };
  expect(carriesSecret({ messages, provider_options: options })).toBe(false);
});
