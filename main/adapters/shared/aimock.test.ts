import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventsIn, partsOf } from '../__fixtures__/stream-events.ts';
import type { Adapter, NeutralChat } from '../define.ts';
import { geminiGenerate } from '../gemini-generate/adapter.ts';
import { ollamaChat } from '../ollama-chat/adapter.ts';

/** A third-party mock of the protocols that refuses malformed requests. */
const mock = new LLMock({ port: 0, strict: true });

beforeAll(async () => {
  const usage = { prompt_tokens: 12, completion_tokens: 4 };
  mock.onMessage('the pier', { content: 'Wet planks, a lantern.', usage });
  mock.onMessage('the tide', { toolCalls: [{ name: 'look_up_tide', arguments: '{"hour":6}' }], usage });
  await mock.start();
});
afterAll(() => mock.stop());

const pier: NeutralChat = {
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: [{ type: 'text', text: 'Describe the pier.' }] },
  ],
  params: { temperature: 0.4, top_p: 0.9, max_tokens: 64, stop: '###' },
  stream: false,
};
const tools = [{ type: 'function', function: { name: 'look_up_tide', parameters: { type: 'object' } } }];

const protocols: { adapter: Adapter; base: string; model: string }[] = [
  { adapter: geminiGenerate, base: '/v1beta', model: 'gemini-3.8-flash' },
  { adapter: ollamaChat, base: '', model: 'mistral:latest' },
];

describe.each(protocols)('$adapter.protocol', ({ adapter, base, model }) => {
  async function send(chat: NeutralChat): Promise<Response> {
    const { method, path, query, body } = adapter.toRequest(chat, { provider: 'mock', model, settings: {} });
    const headers = { 'content-type': 'application/json', [adapter.auth?.header ?? 'x-none']: 'test' };
    const url = `${mock.url}${base}${path}?${new URLSearchParams(query).toString()}`;
    return fetch(url, { method, headers, body: JSON.stringify(body) });
  }

  test('a server of this protocol accepts our request', async () => {
    const reply = await send(pier);
    expect(reply.status).toBe(200);
    expect(adapter.fromResponse(await reply.json())).toMatchObject({
      text: 'Wet planks, a lantern.',
      finish: 'stop',
    });
  });

  test('a server’s stream is read to its end', async () => {
    const reply = await send({ ...pier, stream: true });
    const parts = partsOf(adapter, eventsIn(adapter.framing, [new Uint8Array(await reply.arrayBuffer())]));
    const text = parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('');
    expect([text, parts.at(-1)]).toEqual(['Wet planks, a lantern.', { type: 'end' }]);
  });

  test('a server’s tool call is read, and the server accepts its result', async () => {
    const ask: NeutralChat = {
      messages: [{ role: 'user', content: 'And the tide?' }],
      params: { tools },
      stream: false,
    };
    const call = adapter.fromResponse(await (await send(ask)).json())?.toolCalls[0];
    expect(call?.function).toEqual({ name: 'look_up_tide', arguments: '{"hour":6}' });
    const answer = { role: 'tool' as const, tool_call_id: call?.id, content: '1.5 m at the pier' };
    const messages = [...ask.messages, { role: 'assistant' as const, tool_calls: [call] }, answer];
    expect((await send({ ...ask, messages })).status).toBe(200);
  });
});
