import Anthropic from '@anthropic-ai/sdk';
import { describe, expect, it } from 'vitest';
import { chatOptions, plantedKey } from '../../core/__fixtures__/chat-core.ts';
import { pieces, whole } from '../../core/__fixtures__/provider-replies.ts';
import { startProvider, type Reply } from '../../core/__fixtures__/provider-upstream.ts';
import { protocols } from '../../core/__fixtures__/protocols.ts';
import { testServer } from '../__fixtures__/test-server.ts';

const model = `anthropic_public/${protocols.anthropic.model}`;
const messages = [{ role: 'user' as const, content: 'Where is she?' }];
const tools = [
  { name: 'look_at', input_schema: { type: 'object' as const, properties: { place: { type: 'string' } } } },
];
const thinking = { type: 'enabled' as const, budget_tokens: 1024 };
const ask = { model, messages, tools, thinking, max_tokens: 2000 };

const content = [
  { type: 'thinking', thinking: 'The harbour first.', signature: 'c2lnbmVkLWJ5LXRoZW0=' },
  { type: 'tool_use', id: 'toolu_a', name: 'look_at', input: { place: 'harbour' } },
];
const usage = { input_tokens: 40, output_tokens: 30 };
const thoughtful = {
  id: 'msg_theirs',
  type: 'message',
  role: 'assistant',
  model: protocols.anthropic.model,
  content,
  stop_reason: 'tool_use',
  usage,
};
const event = (type: string, more: object) =>
  `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`;
const streamed = [
  event('message_start', { message: { ...thoughtful, content: [], stop_reason: null } }),
  event('content_block_start', {
    index: 0,
    content_block: { type: 'thinking', thinking: '', signature: '' },
  }),
  event('content_block_delta', {
    index: 0,
    delta: { type: 'thinking_delta', thinking: 'The harbour first.' },
  }),
  event('content_block_delta', {
    index: 0,
    delta: { type: 'signature_delta', signature: 'c2lnbmVkLWJ5LXRoZW0=' },
  }),
  event('content_block_stop', { index: 0 }),
  event('content_block_start', {
    index: 1,
    content_block: { type: 'tool_use', id: 'toolu_a', name: 'look_at', input: {} },
  }),
  event('content_block_delta', {
    index: 1,
    delta: { type: 'input_json_delta', partial_json: '{"place":"harbour"}' },
  }),
  event('content_block_stop', { index: 1 }),
  event('message_delta', { delta: { stop_reason: 'tool_use', stop_sequence: null }, usage }),
  event('message_stop', {}),
];

async function before(...replies: Reply[]) {
  const upstream = await startProvider(...replies);
  const made = await testServer(chatOptions(upstream.url));
  return { upstream, ...made, client: new Anthropic({ baseURL: made.url, apiKey: 'x', maxRetries: 0 }) };
}

describe("Anthropic's reply to Anthropic's client", () => {
  it('is returned unchanged, so that signed thinking can be sent back with a tool’s result', async () => {
    const {
      upstream,
      client,
      ask: core,
    } = await before(whole(thoughtful), whole(protocols.anthropic.reply('Quiet.')));
    const first = await client.messages.create(ask);
    expect(first).toMatchObject(thoughtful);
    const result = { type: 'tool_result' as const, tool_use_id: 'toolu_a', content: 'quiet' };
    await client.messages.create({
      ...ask,
      messages: [
        ...messages,
        { role: 'assistant', content: first.content },
        { role: 'user', content: [result] },
      ],
    });
    const sent = upstream.exchanges[1]?.json()['messages'] as { content: unknown }[];
    expect(sent[1]?.content).toEqual(content);
    await expect.poll(async () => (await core('calls.list', {})).calls.length).toBe(2);
    const [, logged] = (await core('calls.list', {})).calls;
    expect(logged).toMatchObject({ ok: true, usage: { prompt_tokens: 40, completion_tokens: 30 } });
  });

  it('is returned unchanged as a stream too', async () => {
    const { client, send } = await before(pieces(streamed));
    const stream = client.messages.stream(ask);
    expect((await stream.finalMessage()).content).toEqual(content);
    const raw = await send({ method: 'POST', path: '/v1/messages', body: { ...ask, stream: true } });
    expect(raw.text).toBe(streamed.join(''));
    expect(raw.headers['x-comfyvn-provider']).toBe('anthropic_public');
  });

  it('that is interrupted ends with an error event', async () => {
    const { send } = await before(pieces(streamed.slice(0, 3), 'cut'));
    const { text } = await send({ method: 'POST', path: '/v1/messages', body: { ...ask, stream: true } });
    expect(text.startsWith(streamed.slice(0, 3).join(''))).toBe(true);
    expect(text).toMatch(/event: error\ndata: \{"type":"error".*provider_interrupted/);
  });

  it('has no key in it, whatever the provider repeats', async () => {
    const leak = {
      ...thoughtful,
      content: [{ type: 'text', text: `key ${plantedKey('anthropic_public')}` }],
    };
    const { send } = await before(whole(leak));
    const { text } = await send({ method: 'POST', path: '/v1/messages', body: ask });
    expect(text).toContain('key ••••');
    expect(text).not.toContain(plantedKey('anthropic_public'));
  });

  it('is rebuilt where it has to report what was left out', async () => {
    const { send } = await before(whole(thoughtful));
    const body = { ...ask, made_up: 1 };
    const reply = (await send({ method: 'POST', path: '/v1/messages', body })).json();
    expect(reply['id']).not.toBe('msg_theirs');
    expect(JSON.stringify(reply['warnings'])).toContain('made_up');
  });
});
