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
  test('a stream nobody asked for: Ollama streams unless told not to', () => {
    expect(request({}).body.stream).toBe(false);
    expect(request({}, { stream: true }).body.stream).toBe(true);
  });

  test('options sent as an empty object, which unloads nothing but says something', () => {
    expect(request({ user: 'x', temperature: null }).body).not.toHaveProperty('options');
  });

  test('a parameter called like a property of every object', () => {
    const sent = request({ constructor: 1, toString: 2 });
    expect(sent.body.options).toEqual({ constructor: 1, toString: 2 });
    expect(sent.applied).toEqual(['constructor', 'toString']);
  });

  test("a default's max_tokens winning over the caller's num_predict", () => {
    const sent = request({ max_tokens: 512, num_predict: 64 });
    expect(sent.body.options).toEqual({ num_predict: 64 });
    expect(sent.dropped.map(({ param }) => param)).toEqual(['max_tokens']);
  });

  test.each([
    ['none', false],
    ['minimal', 'low'],
    ['high', 'high'],
    ['xhigh', 'max'],
  ])('the effort %s in words the server refuses', (effort, think) => {
    expect(request({ reasoning_effort: effort }).body.think).toBe(think);
  });

  test('an empty conversation of tools and a tool choice taken for applied', () => {
    const sent = request({ tools: [], tool_choice: 'required' });
    expect([sent.applied, sent.dropped.map(({ param }) => param)]).toEqual([[], ['tools', 'tool_choice']]);
  });

  test.each([
    [{ options: { num_predict: 40 } }, 40],
    [{ options: { num_predict: -1 } }, undefined],
    [{ options: { num_predict: -2 } }, undefined],
    [{}, undefined],
  ])('no limit taken for a limit of %j', (body, expected) => {
    expect(ollamaChat.billing(body).maxOutput).toBe(expected);
  });
});
