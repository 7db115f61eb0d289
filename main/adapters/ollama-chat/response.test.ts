import { expect, test } from 'vitest';
import { modelList, fromResponse } from './adapter.ts';

test.each([
  [{ error: 'model is required' }],
  [{ response: 'of /api/generate', done: true }],
  ['Ollama is running'],
  [null],
])('JSON of another kind is no reply: %j', (json) => {
  expect(fromResponse(json)).toBeNull();
});

test('calls without ids get ids of their own', () => {
  const call = { function: { name: 'look', arguments: {} } };
  const reply = fromResponse({
    message: { content: '', tool_calls: [call, { id: 'call_z', ...call }, call] },
    done: true,
  });
  expect(reply?.toolCalls.map(({ id }) => id)).toEqual(['call_0', 'call_z', 'call_2']);
});

test('a model is listed under the name that the server accepts', () => {
  const models = [
    { name: 'mistral:latest', model: 'mistral:latest', size: 4_113_301_824 },
    { model: 'qwen3:8b' },
    {},
  ];
  expect(modelList.fromResponse({ models })).toEqual([{ id: 'mistral:latest' }, { id: 'qwen3:8b' }]);
});
