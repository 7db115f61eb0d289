import { describe, expect, it } from 'vitest';
import type { JsonObject, ProviderRequest } from '../define.ts';
import { anthropicMessages } from './adapter.ts';

function request(params: JsonObject, settings: JsonObject = {}): ProviderRequest {
  const messages = [{ role: 'user' as const, content: 'Hi' }];
  return anthropicMessages.toRequest(
    { messages, params, stream: false },
    { provider: 'a', model: 'm', settings },
  );
}

const droppedOf = (params: JsonObject) => request(params).dropped.map(({ param }) => param);

describe('max_tokens', () => {
  it('leaves room for the reply above a thinking budget, which it includes', () => {
    expect(request({ thinking: { type: 'enabled', budget_tokens: 8000 } }).body.max_tokens).toBe(12_096);
  });

  it('also reads OpenAI’s newer name, and reports when both are set', () => {
    expect(request({ max_completion_tokens: 7 }).body.max_tokens).toBe(7);
    expect(request({ max_completion_tokens: 7, max_tokens: 5 }).body.max_tokens).toBe(5);
    expect(droppedOf({ max_completion_tokens: 7, max_tokens: 5 })).toEqual(['max_completion_tokens']);
  });

  it('is read from the final body, for the budget', () => {
    expect(anthropicMessages.billing({ max_tokens: 12 }).maxOutput).toBe(12);
    expect(anthropicMessages.billing({}).maxOutput).toBeUndefined();
  });
});

describe('stop', () => {
  it('keeps usable stop texts and leaves out blank ones, which the API refuses', () => {
    const { body, rewritten } = request({ max_tokens: 1, stop: ['\n\n', 'END'] });
    expect(body.stop_sequences).toEqual(['END']);
    expect(rewritten[0]?.reason).toContain('blanks');
    expect(droppedOf({ max_tokens: 1, stop: '\n' })).toEqual(['stop']);
  });

  it('does not overwrite stop_sequences', () => {
    expect(request({ stop: 'A', stop_sequences: ['B'] }).body.stop_sequences).toEqual(['B']);
    expect(droppedOf({ stop: 'A', stop_sequences: ['B'] })).toEqual(['stop']);
  });
});

describe('renamed parameters', () => {
  it('keep the caller’s metadata beside the user', () => {
    expect(request({ user: 'u', metadata: { trace: 1 } }).body.metadata).toEqual({ trace: 1, user_id: 'u' });
    expect(droppedOf({ user: 'u', metadata: { user_id: 'v' } })).toEqual(['user']);
  });

  it('pass on a known effort, and drop an unknown one with advice', () => {
    expect(request({ reasoning_effort: 'xhigh' }).body.output_config).toEqual({ effort: 'xhigh' });
    expect(request({ reasoning_effort: 'none' }).dropped[0]?.reason).toContain('disabled');
    expect(droppedOf({ reasoning_effort: 'low', output_config: { effort: 'high' } })).toEqual([
      'reasoning_effort',
    ]);
  });

  it('join beta features of settings and parameters in one header', () => {
    const { headers } = request({ betas: ['b', 'c'] }, { anthropic_beta: 'a, b0' });
    expect(headers).toEqual({ 'anthropic-version': '2023-06-01', 'anthropic-beta': 'a,b0,b,c' });
  });
});

describe('tools', () => {
  const tool = { name: 'look', input_schema: { type: 'object' } };

  it('passes on the protocol’s own tools and choices unchanged', () => {
    const tools = [tool, { type: 'web_search_20250305', name: 'web_search', max_uses: 2 }];
    expect(request({ tools, tool_choice: { type: 'any' } }).body).toMatchObject({
      tools,
      tool_choice: { type: 'any' },
    });
  });

  it('gives a tool without parameters the required input schema', () => {
    const { tools } = request({ tools: [{ type: 'function', function: { name: 'wait' } }] }).body;
    expect(tools).toEqual([{ name: 'wait', input_schema: { type: 'object', properties: {} } }]);
  });

  it('drops parallel_tool_calls where there are no tools, as the API refuses the choice', () => {
    expect(droppedOf({ parallel_tool_calls: false })).toEqual(['parallel_tool_calls']);
    expect(droppedOf({ tools: [tool], tool_choice: 'none', parallel_tool_calls: true })).toEqual([
      'parallel_tool_calls',
    ]);
  });

  it('leaves parallel calls to a choice in the protocol’s own form', () => {
    const tool_choice = { type: 'auto', disable_parallel_tool_use: true };
    const params = { tools: [tool], tool_choice, parallel_tool_calls: true };
    expect(request(params).body.tool_choice).toEqual(tool_choice);
    expect(droppedOf(params)).toEqual(['parallel_tool_calls']);
  });

  it('reports an unsupported tool by its position', () => {
    expect(droppedOf({ tools: [tool, { type: 'custom', custom: { name: 'free' } }] })).toEqual(['tools[1]']);
  });
});
