import { expect, test } from 'vitest';
import { comfyvnProxy } from './adapter.ts';

test.each([
  [{ reply: 'a', content: 'b', text: 'c' }, 'a'],
  [{ reply: '', content: 'b', text: 'c' }, 'b'],
  [{ content: ['b'], text: 'c' }, 'c'],
  [{ reply: '', data: { reply: 'd' } }, ''],
  [{ data: { content: 'd' } }, 'd'],
  [{ reply: '' }, ''],
])('the reply of %j is found where ComfyVN looks for it', (json, text) => {
  expect(comfyvnProxy.fromResponse(json)?.text).toBe(text);
});

test.each([[{}], [{ reply: 7 }], ['text'], [[{ reply: 'a' }]], [{ ok: false, reply: '' }]])(
  'JSON of another kind is no reply: %j',
  (json) => {
    expect(comfyvnProxy.fromResponse(json)).toBeNull();
  },
);

test('an unknown finish reason is null', () => {
  expect(comfyvnProxy.fromResponse({ reply: 'a', finish_reason: 'length' })?.finish).toBe('length');
  expect(comfyvnProxy.fromResponse({ reply: 'a', finish_reason: 'eos_token' })?.finish).toBeNull();
});

test('the token limit is read for the budget', () => {
  expect(comfyvnProxy.billing({ params: { max_tokens: 9 } }).maxOutput).toBe(9);
  expect(comfyvnProxy.billing({}).maxOutput).toBeUndefined();
});
