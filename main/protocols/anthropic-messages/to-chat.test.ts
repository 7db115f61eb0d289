import { describe, expect, it } from 'vitest';
import type { AdapterName } from '../../../contract/provider.ts';
import { png } from '../__fixtures__/canned.ts';
import { countTokensBody, countTokensChat } from './count-tokens.ts';
import { toChat } from './to-chat.ts';

const user = { role: 'user', content: 'x' };
const read = (body: object, adapter?: AdapterName) =>
  toChat({ body: { messages: [user], ...body }, ...(adapter ? { adapter } : {}) });
const cache_control = { type: 'ephemeral' };
const thinking = { type: 'thinking', thinking: 'Hm.', signature: 'c2ln' };
const history = (...blocks: object[]) => ({ messages: [user, { role: 'assistant', content: blocks }, user] });

describe('fields that only Anthropic has', () => {
  it('go to Anthropic unchanged', () => {
    const search = { type: 'web_search_20250305', name: 'web_search' };
    const body = {
      thinking: { type: 'enabled', budget_tokens: 2000 },
      cache_control,
      top_k: 5,
      service_tier: 'auto',
      system: [{ type: 'text', text: 'Be brief.', cache_control }],
      tools: [search, { name: 'a', input_schema: { type: 'object' }, cache_control }],
    };
    const { chat, warnings } = read(body, 'anthropic');
    expect(warnings).toEqual([]);
    expect(chat.params).toMatchObject({
      thinking: body.thinking,
      cache_control,
      top_k: 5,
      service_tier: 'auto',
    });
    expect(chat.params?.['tools']).toEqual([
      search,
      { type: 'function', function: { name: 'a', parameters: { type: 'object' } }, cache_control },
    ]);
    expect(chat.messages[0]).toEqual({ role: 'system', content: body.system });
  });

  it('become the closest equivalent, or a warning, at another provider', () => {
    const body = {
      thinking: { type: 'enabled', budget_tokens: 2000 },
      cache_control,
      system: [{ type: 'text', text: 'Be brief.', cache_control }],
    };
    const { chat, warnings } = read(body, 'gemini');
    expect(chat.params).toEqual({ reasoning_effort: 'low' });
    expect(chat.messages[0]).toEqual({ role: 'system', content: 'Be brief.' });
    expect(warnings.join()).toMatch(/`cache_control`.*`thinking`/);
  });

  it('include the beta header, which goes to Anthropic only', () => {
    const headers = { 'anthropic-beta': 'files-api-2025-04-14', 'x-api-key': 'secret' };
    const native = toChat({ body: { messages: [user] }, headers, adapter: 'anthropic' });
    expect(native.chat.provider_options).toEqual({ headers: { 'anthropic-beta': 'files-api-2025-04-14' } });
    const other = toChat({ body: { messages: [user] }, headers });
    expect(other.chat).not.toHaveProperty('provider_options');
    expect(other.warnings.join()).toContain('anthropic-beta');
  });
});

describe('thinking of earlier turns', () => {
  const body = history(thinking, { type: 'text', text: 'Hi.' });

  it('goes back to Anthropic only with its signature', () => {
    expect(read(body, 'anthropic').chat.messages[1]?.content).toEqual([
      thinking,
      { type: 'text', text: 'Hi.' },
    ]);
    const unsigned = read(
      history({ ...thinking, signature: '' }, { type: 'text', text: 'Hi.' }),
      'anthropic',
    );
    expect(unsigned.chat.messages[1]).toEqual({ role: 'assistant', content: 'Hi.' });
    expect(unsigned.warnings.join()).toContain('signature');
  });

  it('is reasoning to a provider that accepts it, and is left out with a warning at OpenAI', () => {
    const text = { role: 'assistant', content: 'Hi.' };
    expect(read(body, 'openai_compat').chat.messages[1]).toEqual({ ...text, reasoning_content: 'Hm.' });
    const strict = read(body, 'openai');
    expect(strict.chat.messages[1]).toEqual(text);
    expect(strict.warnings.join()).toContain('reasoning');
  });
});

describe('tool results', () => {
  const call = { type: 'tool_use', id: 't1', name: 'look', input: {} };
  const source = { type: 'base64', media_type: 'image/png', data: png };
  const result = {
    type: 'tool_result',
    tool_use_id: 't1',
    is_error: true,
    content: [
      { type: 'text', text: 'seen' },
      { type: 'image', source },
    ],
  };
  const body = {
    messages: [user, { role: 'assistant', content: [call] }, { role: 'user', content: [result] }],
  };
  const image = { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } };

  it('keep their images and cache marks at Anthropic', () => {
    expect(read(body, 'anthropic').chat.messages[2]).toEqual({
      role: 'tool',
      tool_call_id: 't1',
      content: [{ type: 'text', text: 'seen' }, image],
      is_error: true,
    });
  });

  it('lose no image elsewhere: it follows in a user message, with a warning', () => {
    const { chat, warnings } = read(body, 'openai');
    expect(chat.messages.slice(2)).toEqual([
      { role: 'tool', tool_call_id: 't1', content: 'seen' },
      { role: 'user', content: [{ type: 'text', text: 'From the result of the call t1:' }, image] },
    ]);
    expect(warnings.join()).toMatch(/`is_error`.*images/);
  });
});

it('are joined with the text after a turn’s calls, so that they come first', () => {
  const call = { type: 'tool_use', id: 't1', name: 'look', input: { a: 1 } };
  const { chat } = read(history({ type: 'text', text: 'One. ' }, call, { type: 'text', text: 'Two.' }));
  expect(chat.messages[1]).toEqual({
    role: 'assistant',
    content: 'One. Two.',
    tool_calls: [{ id: 't1', type: 'function', function: { name: 'look', arguments: '{"a":1}' } }],
  });
});

it('documents become texts or PDF files at other providers', () => {
  const pdf = { type: 'base64', media_type: 'application/pdf', data: 'JVBERg==' };
  const content = [
    { type: 'document', title: 'Lore', source: { type: 'text', media_type: 'text/plain', data: 'Once.' } },
    { type: 'document', source: pdf },
  ];
  expect(read({ messages: [{ role: 'user', content }] }).chat.messages[0]?.content).toEqual([
    { type: 'text', text: 'Lore\n\nOnce.' },
    { type: 'file', file: { filename: 'document.pdf', file_data: 'data:application/pdf;base64,JVBERg==' } },
  ]);
});

it('counting tokens is a dry run, and never streams', () => {
  const { chat } = countTokensChat({ body: { model: 'm', messages: [user], stream: true } });
  expect(chat).toEqual({ model: 'm', messages: [user], params: {}, dry_run: true });
  expect(countTokensBody(12)).toEqual({ input_tokens: 12 });
});

it.each([
  [[], '', 'has to be a JSON object'],
  [{ messages: 'x' }, 'messages', 'has to be a list'],
  [{ messages: [] }, 'messages', 'at least one message'],
  [{ messages: [{ role: 'king', content: 'x' }] }, 'messages[0].role', 'has to be'],
  [{ messages: [user], max_tokens: 'many' }, 'max_tokens', 'has to be a number'],
  [{ messages: [user], comfyvn: { retrys: 1 } }, 'comfyvn.retrys', 'unknown field'],
])('%j is refused with its position', (body, param, why) => {
  expect(() => toChat({ body })).toThrow(
    expect.objectContaining({ param, code: 'invalid_request' }) as Error,
  );
  expect(() => toChat({ body })).toThrow(why);
});

it('our own field is part of the chat', () => {
  const { chat } = read({ comfyvn: { retries: 0, fallback: 'shortlist' } });
  expect(chat).toMatchObject({ retries: 0, fallback: 'shortlist' });
});

it('fields of a block that another provider lacks are reported', () => {
  const content = [
    { type: 'text', text: 'x', citations: [{ type: 'char_location' }] },
    { type: 'document', context: 'old', citations: { enabled: true }, source: { type: 'text', data: 'y' } },
  ];
  const { warnings } = read({ messages: [{ role: 'user', content }] }, 'ollama');
  for (const name of ['[0].citations', '[1].context', '[1].citations']) {
    expect(warnings.join()).toContain(`\`messages[0].content${name}\``);
  }
  expect(read({ messages: [{ role: 'user', content }] }, 'anthropic')).toMatchObject({
    warnings: [],
    chat: { messages: [{ content }] },
  });
});
