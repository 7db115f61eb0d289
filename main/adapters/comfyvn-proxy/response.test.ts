import { expect, test } from 'vitest';
import { comfyvnProxy } from './adapter.ts';

test.each([
  [{ reply: 'a', content: 'b', text: 'c' }, 'a'],
  [{ reply: '', content: 'b', text: 'c' }, 'b'],
  [{ content: ['b'], text: 'c' }, 'c'],
  [{ reply: '', data: { reply: 'd' } }, ''],
  [{ data: { content: 'd' } }, 'd'],
  [{ reply: '' }, ''],
])('the reply of %j not found where ComfyVN finds it', (json, text) => {
  expect(comfyvnProxy.fromResponse(json)?.text).toBe(text);
});

test.each([[{}], [{ reply: 7 }], ['text'], [[{ reply: 'a' }]], [{ ok: false, reply: '' }]])(
  'JSON of another kind read as an empty reply: %j',
  (json) => {
    expect(comfyvnProxy.fromResponse(json)).toBeNull();
  },
);

test('a finish reason in another server’s words passed on as ours', () => {
  expect(comfyvnProxy.fromResponse({ reply: 'a', finish_reason: 'length' })?.finish).toBe('length');
  expect(comfyvnProxy.fromResponse({ reply: 'a', finish_reason: 'eos_token' })?.finish).toBeNull();
});

test('the limit of tokens not found for the budget', () => {
  expect(comfyvnProxy.billing({ params: { max_tokens: 9 } }).maxOutput).toBe(9);
  expect(comfyvnProxy.billing({}).maxOutput).toBeUndefined();
});
