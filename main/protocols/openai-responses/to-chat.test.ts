import { describe, expect, it } from 'vitest';
import type { AdapterName } from '../../../contract/provider.ts';
import { png } from '../__fixtures__/canned.ts';
import { toChat } from './to-chat.ts';

const read = (body: object, adapter?: AdapterName) =>
  toChat({ body: { model: 'm', input: 'x', ...body }, ...(adapter ? { adapter } : {}) });

describe('fields that only OpenAI has', () => {
  const body = { prompt_cache_key: 'k', service_tier: 'flex', text: { verbosity: 'low' } };

  it('go to OpenAI unchanged', () => {
    const { chat, warnings } = read(body, 'azure_openai');
    expect(chat.params).toEqual({ prompt_cache_key: 'k', service_tier: 'flex', verbosity: 'low' });
    expect(warnings).toEqual([]);
  });

  it('are reported at another provider', () => {
    const { chat, warnings } = read(body, 'anthropic');
    expect(chat.params).toEqual({});
    expect(warnings).toHaveLength(3);
  });
});

describe('items', () => {
  const call = { type: 'function_call', call_id: 'c1', name: 'look', arguments: '{}' };

  it('reasoning, text and calls of one turn are one message', () => {
    const input = [
      { role: 'user', content: 'x' },
      { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm.' }] },
      {
        type: 'message',
        role: 'assistant',
        content: [{ type: 'output_text', text: 'I look.', annotations: [] }],
      },
      call,
      { ...call, call_id: 'c2', extra_content: { google: { thought_signature: 's' } } },
      { type: 'function_call_output', call_id: 'c1', output: 'one' },
    ];
    expect(read({ input }, 'openrouter').chat.messages[1]).toEqual({
      role: 'assistant',
      content: 'I look.',
      reasoning_content: 'Hm.',
      tool_calls: [
        { id: 'c1', type: 'function', function: { name: 'look', arguments: '{}' } },
        {
          id: 'c2',
          type: 'function',
          function: { name: 'look', arguments: '{}' },
          extra_content: { google: { thought_signature: 's' } },
        },
      ],
    });
    const { chat, warnings } = read({ input }, 'openai');
    expect(chat.messages[1]).not.toHaveProperty('reasoning_content');
    expect(warnings.join()).toContain('reasoning of earlier turns');
  });

  it('an output with an image keeps it, after all outputs of the step', () => {
    const image_url = `data:image/png;base64,${png}`;
    const output = [
      { type: 'input_text', text: 'seen' },
      { type: 'input_image', image_url },
    ];
    const input = [
      call,
      { ...call, call_id: 'c2' },
      { type: 'function_call_output', call_id: 'c1', output },
      { type: 'function_call_output', call_id: 'c2', output: 'two' },
    ];
    const { chat, warnings } = read({ input });
    expect(chat.messages.map(({ role }) => role)).toEqual(['assistant', 'tool', 'tool', 'user']);
    expect(JSON.stringify(chat.messages[3])).toContain(png);
    expect(warnings.join()).toContain('images');
  });

  it('a reference is replaced by its item where the transport includes it', () => {
    const stored = { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hi.' }] };
    const input = [
      { type: 'item_reference', id: 'msg_1' },
      { role: 'user', content: 'x' },
    ];
    const itemById = (id: string) => (id === 'msg_1' ? stored : undefined);
    const { chat } = toChat({ body: { input }, itemById });
    expect(chat.messages[0]).toEqual({ role: 'assistant', content: 'Hi.' });
    expect(() => toChat({ body: { input } })).toThrow('store: false');
  });

  it.each([
    [{ type: 'web_search_call', id: 'ws' }, 'input[0].type'],
    [{ role: 'user', content: [{ type: 'input_file', file_id: 'f' }] }, 'input[0].content[0].file_id'],
    [{ role: 'user', content: [{ type: 'input_image', file_id: 'f' }] }, 'input[0].content[0].file_id'],
    [{ role: 'user', content: [{ type: 'input_audio' }] }, 'input[0].content[0].type'],
    [{ role: 'critic', content: 'x' }, 'input[0].role'],
  ])('%j is refused with its position', (item, param) => {
    expect(() => read({ input: [item] })).toThrow(expect.objectContaining({ param }) as Error);
  });
});

it('only the allowed tools are offered', () => {
  const tool = (name: string) => ({ type: 'function', name, parameters: null, strict: null });
  const allowed = { type: 'allowed_tools', mode: 'required', tools: [{ type: 'function', name: 'b' }] };
  const { params } = read({ tools: [tool('a'), tool('b')], tool_choice: allowed }).chat;
  expect(params).toEqual({ tools: [{ type: 'function', function: { name: 'b' } }], tool_choice: 'required' });
});

it('metadata and settings are in the response', () => {
  const { chat, wanted } = read({ metadata: { scene: '1' }, temperature: 0.4, instructions: 'Be brief.' });
  expect(chat.metadata).toEqual({ scene: '1' });
  expect(wanted.echo).toMatchObject({
    metadata: { scene: '1' },
    temperature: 0.4,
    instructions: 'Be brief.',
  });
});

it('unsupported fields of an item are reported, but not those of its earlier response', () => {
  const content = [
    { type: 'output_text', text: 'Hi.', annotations: [{}], prompt_cache_breakpoint: { mode: 'x' } },
  ];
  const input = [
    { type: 'message', id: 'msg_1', status: 'completed', role: 'assistant', phase: 'commentary', content },
  ];
  expect(read({ input }).warnings).toEqual([
    expect.stringContaining('`input[0].phase`'),
    expect.stringContaining('`input[0].content[0].prompt_cache_breakpoint`'),
  ]);
});
