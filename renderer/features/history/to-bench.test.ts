import { expect, test } from 'vitest';
import type { CallRecord, KeptRequest } from '../../../contract/call-log.ts';
import { overridesOf, targetOf } from './to-bench.ts';

const messages: KeptRequest['messages'] = [{ role: 'user', content: 'Hello' }];
const call = {
  module: 'translate',
  preset: 'translate-gpt-4o',
  provider: 'openai_public',
  model: 'gpt-4o',
} as CallRecord;

test('a call whose module chose the model goes to the module, not to that model', () => {
  expect(targetOf(call, { messages, module: 'translate' })).toEqual({
    module: 'translate',
    provider: null,
    model: null,
    preset: null,
  });
  expect(targetOf(call, { messages, module: 'translate', preset: 'mine' }).preset).toBe('mine');
});

test('a call that named its model goes to the same model', () => {
  const named = { module: 'translate', provider: 'openai_public', model: 'gpt-4o', preset: null };
  expect(targetOf(call, { messages, module: 'translate', model: 'gpt-4o' })).toEqual(named);
  expect(targetOf({ ...call, module: null, preset: null }, { messages })).toEqual({ ...named, module: null });
});

test('a call whose request is not stored still goes to its preset', () => {
  expect(targetOf(call, null)).toEqual({
    module: 'translate',
    provider: null,
    model: null,
    preset: 'translate-gpt-4o',
  });
  expect(targetOf({ ...call, preset: null }, null).provider).toBe('openai_public');
});

test('settings outside `params` and a schema that is turned off go to the Bench', () => {
  expect(
    overridesOf({
      messages,
      params: { temperature: 1, top_k: 3 },
      temperature: 0.2,
      schema: null,
      pack_options: { max_tokens: 90 },
    }),
  ).toEqual({ params: { max_tokens: 90, temperature: 0.2, top_k: 3 }, schema: null });
  expect(overridesOf({ messages, stream: true })).toBeUndefined();
});
