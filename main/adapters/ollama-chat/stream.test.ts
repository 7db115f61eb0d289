import { expect, test } from 'vitest';
import type { StreamPart } from '../define.ts';
import { ollamaChat } from './adapter.ts';

function parts(...lines: unknown[]): StreamPart[] {
  const state = ollamaChat.newStream();
  return lines.flatMap((line) => ollamaChat.fromStreamEvent({ data: JSON.stringify(line) }, state));
}

test.each([[{ status: 'pulling manifest' }], [null], [7], [[]], [{ message: 'text' }]])(
  'a line of another kind is ignored: %j',
  (line) => {
    expect(parts(line)).toEqual([]);
  },
);

test('a nested error message is found', () => {
  expect(parts({ error: { message: 'model runner has unexpectedly stopped' } })).toMatchObject([
    { type: 'error', error: { upstreamMessage: 'model runner has unexpectedly stopped' } },
  ]);
});

test('text in the last line is read', () => {
  const last = {
    message: { role: 'assistant', content: '!' },
    done: true,
    done_reason: 'length',
    eval_count: 1,
  };
  expect(parts(last).map(({ type }) => type)).toEqual(['text', 'usage', 'finish', 'end']);
});

test('the last line of an older server has counts but no message', () => {
  expect(parts({ model: 'llama3.2', done: true, prompt_eval_count: 61, eval_count: 468 })).toEqual([
    { type: 'usage', usage: { prompt_tokens: 61, completion_tokens: 468, total_tokens: 529 } },
    { type: 'end' },
  ]);
});
