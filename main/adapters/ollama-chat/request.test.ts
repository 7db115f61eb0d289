import { describe, expect, test } from 'vitest';
import type { NeutralChat, Target } from '../define.ts';
import { ollamaChat } from './adapter.ts';

const target: Target = { provider: 'ollama_default', model: 'mistral:latest', settings: {} };

function request(params: Record<string, unknown>, chat: Partial<NeutralChat> = {}) {
  return ollamaChat.toRequest(
    { messages: [{ role: 'user', content: 'Hi' }], params, stream: false, ...chat },
    target,
  );
}

describe('toRequest', () => {
  test('sends `stream: false` where no stream is asked for, as Ollama streams by default', () => {
    expect(request({}).body.stream).toBe(false);
    expect(request({}, { stream: true }).body.stream).toBe(true);
  });

  test('leaves out empty `options`', () => {
    expect(request({ user: 'x', temperature: null }).body).not.toHaveProperty('options');
  });

  test('sends a parameter named like an object’s built-in property', () => {
    const sent = request({ constructor: 1, toString: 2 });
    expect(sent.body.options).toEqual({ constructor: 1, toString: 2 });
    expect(sent.applied).toEqual(['constructor', 'toString']);
  });

  test("prefers the caller's num_predict over a default's max_tokens", () => {
    const sent = request({ max_tokens: 512, num_predict: 64 });
    expect(sent.body.options).toEqual({ num_predict: 64 });
    expect(sent.dropped.map(({ param }) => param)).toEqual(['max_tokens']);
  });

  test.each([
    ['none', false],
    ['minimal', 'low'],
    ['high', 'high'],
    ['xhigh', 'max'],
  ])('maps the effort %s to a value that Ollama accepts', (effort, think) => {
    expect(request({ reasoning_effort: effort }).body.think).toBe(think);
  });

  test('reports an empty tool list and its tool choice as dropped', () => {
    const sent = request({ tools: [], tool_choice: 'required' });
    expect([sent.applied, sent.dropped.map(({ param }) => param)]).toEqual([[], ['tools', 'tool_choice']]);
  });

  test.each([
    [{ options: { num_predict: 40 } }, 40],
    [{ options: { num_predict: -1 } }, undefined],
    [{ options: { num_predict: -2 } }, undefined],
    [{}, undefined],
  ])('reads the token limit of %j, where -1 and -2 mean none', (body, expected) => {
    expect(ollamaChat.billing(body).maxOutput).toBe(expected);
  });
});
