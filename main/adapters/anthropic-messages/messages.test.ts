import { describe, expect, it } from 'vitest';
import type { Message } from '../../../contract/chat.ts';
import type { JsonObject, ProviderRequest } from '../define.ts';
import { anthropicMessages } from './adapter.ts';

function request(messages: Message[], params: JsonObject = { max_tokens: 9 }): ProviderRequest {
  return anthropicMessages.toRequest(
    { messages, params, stream: false },
    { provider: 'a', model: 'm', settings: {} },
  );
}

const result = (id: string): Message => ({ role: 'tool', tool_call_id: id, content: id });
const calls = (...list: JsonObject[]): Message => ({ role: 'assistant', content: 'Wait.', tool_calls: list });
const call = (args: unknown) => ({ id: 'c1', type: 'function', function: { name: 'look', arguments: args } });

describe('turns', () => {
  it('have the results of one step in one user turn, as the API misses some otherwise', () => {
    const { messages } = request([
      result('a'),
      result('b'),
      { role: 'user', content: 'Go on.' },
      result('c'),
    ]).body;
    expect((messages as JsonObject[]).map(({ content }) => content)).toEqual([
      [expect.objectContaining({ tool_use_id: 'a' }), expect.objectContaining({ tool_use_id: 'b' })],
      'Go on.',
      [expect.objectContaining({ tool_use_id: 'c' })],
    ]);
  });

  it('keep a last empty assistant turn, and leave out an earlier one, which the API refuses', () => {
    const empty: Message = { role: 'assistant', content: null };
    const { body, rewritten } = request([empty, { role: 'user', content: 'Hi' }, empty]);
    expect(body.messages).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: '' },
    ]);
    expect(rewritten).toContainEqual(expect.objectContaining({ from: 'messages[0]', to: null }));
  });

  it('have no empty text block beside tool calls, as the API refuses it', () => {
    const { messages } = request([{ ...calls(call('{}')), content: '' }]).body;
    expect(messages).toEqual([
      { role: 'assistant', content: [expect.objectContaining({ type: 'tool_use' })] },
    ]);
  });

  it('keep arguments that are not a JSON object as text', () => {
    const { body, rewritten } = request([calls(call('["north"'))]);
    expect(JSON.stringify(body.messages)).toContain('"input":{"arguments":"[\\"north\\""}');
    expect(rewritten.map((entry) => entry.path)).toContain('/messages/0/content/1/input');
  });

  it('do not report a field that is not set', () => {
    expect(request([{ role: 'user', content: 'Hi', name: undefined, refusal: null }]).dropped).toEqual([]);
  });

  it('report the tool call and field that they cannot express', () => {
    const { dropped } = request([
      { ...calls({ id: 'x', type: 'custom', custom: {} }), reasoning_content: 'Hm.' },
    ]);
    expect(dropped.map(({ param }) => param)).toEqual([
      'messages[0].reasoning_content',
      'messages[0].tool_calls[0]',
    ]);
  });
});

describe('content', () => {
  const content = (...parts: { type: string }[]) => request([{ role: 'user', content: parts }]);

  it('passes on the protocol’s own blocks and cache marks unchanged', () => {
    const parts = [
      { type: 'text', text: 'Read.', cache_control: { type: 'ephemeral' } },
      {
        type: 'document',
        source: { type: 'url', url: 'https://example.org/a.pdf' },
        citations: { enabled: true },
      },
    ];
    expect(content(...parts).body.messages).toEqual([{ role: 'user', content: parts }]);
  });

  it('includes a PDF, and reports audio as unsupported', () => {
    const pdf = {
      type: 'file',
      file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERg==' },
    };
    const { body, dropped } = content(pdf, { type: 'input_audio' });
    expect(JSON.stringify(body.messages)).toContain('"media_type":"application/pdf","data":"JVBERg=="');
    expect(dropped.map(({ param }) => param)).toEqual(['messages[0].content[1]']);
  });

  it('leaves out an empty text part, and numbers the following parts correctly', () => {
    const image = { type: 'image_url', image_url: { url: 'https://example.org/a.png' } };
    const { body, rewritten } = content({ type: 'text', text: '' } as { type: string }, image);
    expect((body.messages as JsonObject[])[0]?.content).toHaveLength(1);
    expect(rewritten.map((entry) => entry.path)).toEqual([
      '/messages/0/content',
      '/messages/0/content/0/type',
    ]);
  });
});

describe('the system prompt', () => {
  it('is a list of blocks only where a part is more than plain text', () => {
    const cached = { type: 'text', text: 'Canon.', cache_control: { type: 'ephemeral' } };
    const { system } = request([
      { role: 'system', content: [cached] },
      { role: 'developer', content: 'Short.' },
      { role: 'user', content: 'Go on.' },
    ]).body;
    expect(system).toEqual([cached, { type: 'text', text: 'Short.' }]);
  });

  it('starts with the caller’s own `system` parameter', () => {
    const { body, applied } = request(
      [
        { role: 'system', content: 'Two.' },
        { role: 'user', content: 'Go on.' },
      ],
      { system: 'One.' },
    );
    expect(body.system).toBe('One.\n\nTwo.');
    expect(applied).toContain('system');
  });

  it('is absent where there is none, as the API refuses an empty one', () => {
    expect(request([{ role: 'system', content: '' }]).body).not.toHaveProperty('system');
  });

  it('reports an image, which it cannot have', () => {
    const parts = [{ type: 'image_url', image_url: { url: 'https://example.org/a.png' } }];
    const messages: Message[] = [
      { role: 'system', content: parts },
      { role: 'user', content: 'Go on.' },
    ];
    expect(request(messages).dropped).toMatchObject([
      { param: 'messages[0].content[0]', reason: expect.stringContaining('user message') },
    ]);
  });

  it('becomes the user’s turn where the chat has nothing else, as the API requires one', () => {
    const { body, rewritten } = request([
      { role: 'system', content: 'You are Mira.' },
      { role: 'developer', content: 'Greet the player.' },
    ]);
    expect(body).toMatchObject({
      system: 'You are Mira.',
      messages: [{ role: 'user', content: 'Greet the player.' }],
    });
    expect(rewritten.map(({ path }) => path)).toContain('/messages/0/role');
  });
});
