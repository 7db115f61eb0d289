import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chatRequest } from '../../../contract/chat.ts';
import { isPlainChat } from './plain-chat.ts';

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(undefined, NaN, Infinity, -1, 1.5, 0, '', null, 2 ** 60),
);
const content = fc.oneof({ weight: 20, arbitrary: fc.string() }, odd);
const maybeOdd = fc.oneof({ weight: 30, arbitrary: fc.constantFrom('system', 'user', 'tool') }, odd);
const message = fc.record({ role: maybeOdd, content, name: odd }, { requiredKeys: ['role'] });
const maybe = (usual: fc.Arbitrary<unknown>) => fc.oneof({ weight: 30, arbitrary: usual }, odd);
const chat = fc.record(
  {
    provider: maybe(fc.string()),
    model: maybe(fc.string()),
    module: maybe(fc.string()),
    messages: maybe(fc.array(message, { maxLength: 3 })),
    params: maybe(fc.dictionary(fc.string(), odd, { noNullPrototype: true })),
    stream: maybe(fc.boolean()),
    dry_run: maybe(fc.boolean()),
    allow_retired: maybe(fc.boolean()),
    temperature: maybe(fc.double({ noNaN: true, noDefaultInfinity: true })),
    top_p: maybe(fc.double({ noNaN: true, noDefaultInfinity: true })),
    max_tokens: maybe(fc.integer({ min: 1, max: 100_000 })),
    retries: maybe(fc.integer({ min: 0, max: 5 })),
  },
  { requiredKeys: ['messages'] },
);

it('whatever is taken without its schema is taken by it, and as it is', () => {
  let taken = 0;
  fc.assert(
    fc.property(chat, (input) => {
      if (!isPlainChat(input)) return;
      taken++;
      expect(chatRequest.parse(input)).toEqual(input);
    }),
    { numRuns: 5000 },
  );
  expect(taken).toBeGreaterThan(100);
});

it('a chat as callers send it does not go the long way', () => {
  const messages = [
    { role: 'system', content: 'Write.' },
    { role: 'user', content: 'On.' },
  ];
  expect(isPlainChat({ model: 'a/b', messages, params: { temperature: 0.7, max_tokens: 256 } })).toBe(true);
  expect(isPlainChat({ provider: 'a', model: 'b', messages, stream: true, retries: 0 })).toBe(true);
});
