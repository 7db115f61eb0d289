import { expect, test } from 'vitest';
import type { Message } from '../../../contract/chat.ts';
import { stubReply } from './stub-reply.ts';

const talk: Message[] = [
  { role: 'user', content: 'first' },
  {
    role: 'user',
    content: [
      { type: 'text', text: 'one' },
      { type: 'image_url', image_url: { url: 'x' } },
      { type: 'text', text: 'two' },
    ],
  },
  { role: 'assistant', content: 'not this' },
  { role: 'tool', content: 'nor this' },
];

test('the stub echoes the user’s last message', () => {
  expect(stubReply(talk)).toBe('one\ntwo');
});

test('without a user message the reply is empty', () => {
  expect([
    stubReply([]),
    stubReply([{ role: 'system', content: 'x' }]),
    stubReply([{ role: 'user' }]),
  ]).toEqual(['', '', '']);
});
