import { describe, expect, it } from 'vitest';
import type { AdapterName } from '../../../contract/provider.ts';
import { metaOf } from '../__fixtures__/reply-meta.ts';
import { chatShape, generateShape, loadBody } from './reply.ts';
import { chatToChat, generateToChat } from './to-chat.ts';

const messages = [{ role: 'user', content: 'x' }];
const read = (body: object, adapter?: AdapterName) =>
  chatToChat({ body: { messages, ...body }, ...(adapter ? { adapter } : {}) });

const options = { num_ctx: 8192, top_k: 40, repeat_penalty: 1.1, num_predict: -1, mirostat: 2 };

it('Ollama gets its own options unchanged', () => {
  const { chat, warnings } = read({ options, think: 'high', keep_alive: '5m' }, 'ollama');
  expect(chat.params).toEqual({
    num_ctx: 8192,
    mirostat: 2,
    top_k: 40,
    repeat_penalty: 1.1,
    think: 'high',
    keep_alive: '5m',
  });
  expect(warnings).toEqual([]);
});

it.each([
  ['lmstudio', { top_k: 40, repeat_penalty: 1.1 }],
  ['openrouter', { top_k: 40, repetition_penalty: 1.1 }],
  ['openai', {}],
] as const)('%s gets what it supports, and the rest is reported', (adapter, params) => {
  const { chat, warnings } = read({ options, keep_alive: '5m' }, adapter);
  expect(chat.params).toEqual(params);
  const sent = new Set(Object.keys(params).map((name) => name.replace('repetition', 'repeat')));
  const unsent = ['num_ctx', 'mirostat', 'top_k', 'repeat_penalty'].filter((name) => !sent.has(name));
  for (const name of unsent) expect(warnings.join()).toContain(`\`options.${name}\``);
  expect(warnings.join()).toContain('`keep_alive`');
});

describe('think', () => {
  it.each([
    ['ollama', false, { think: false }],
    ['openai', 'low', { reasoning_effort: 'low' }],
    ['openai', true, { reasoning_effort: 'medium' }],
    ['openai', false, {}],
  ] as const)('at %s, %j becomes %j', (adapter, think, params) => {
    expect(read({ think }, adapter).chat.params).toEqual(params);
  });
});

describe('tool results without ids', () => {
  const call = (name: string) => ({ function: { name, arguments: {} } });

  it('answer the first open call of their tool, over several steps', () => {
    const { chat } = read({
      messages: [
        ...messages,
        { role: 'assistant', content: '', tool_calls: [call('a'), call('b')] },
        { role: 'tool', tool_name: 'b', content: 'of b' },
        { role: 'tool', tool_name: 'a', content: 'of a' },
        { role: 'assistant', content: '', tool_calls: [call('a')] },
        { role: 'tool', content: 'of the second a' },
      ],
    });
    const results = chat.messages.filter(({ role }) => role === 'tool');
    expect(results.map((message) => [message['tool_call_id'], message.content])).toEqual([
      ['call_1', 'of b'],
      ['call_0', 'of a'],
      ['call_2', 'of the second a'],
    ]);
  });

  it('that answer no call are an error', () => {
    const lost = { messages: [...messages, { role: 'tool', tool_name: 'a', content: 'x' }] };
    expect(() => read(lost)).toThrow('answers no call');
  });
});

describe('a request without a prompt', () => {
  it('loads or unloads a model in Ollama, and no provider is called', () => {
    const load = generateToChat({ body: { model: 'stub' } });
    expect(load.wanted.load).toBe('load');
    expect(chatToChat({ body: { model: 'stub', messages: [], keep_alive: 0 } }).wanted.load).toBe('unload');
    expect(read({}).wanted).not.toHaveProperty('load');
    const meta = metaOf(load) as Parameters<typeof loadBody>[0];
    expect(loadBody(meta, generateShape)).toEqual({
      model: 'stub',
      created_at: '2026-01-02T00:00:00.000Z',
      response: '',
      done: true,
      done_reason: 'load',
    });
    expect(loadBody(meta, chatShape)).toMatchObject({ message: { role: 'assistant', content: '' } });
  });
});

it('streams by default', () => {
  expect(read({}).chat.stream).toBe(true);
  expect(read({ stream: false }).chat).not.toHaveProperty('stream');
});

it('an invalid image is an error', () => {
  expect(() => read({ messages: [{ role: 'user', content: 'x', images: ['hello'] }] })).toThrow(
    'messages[0].images[0]',
  );
});
