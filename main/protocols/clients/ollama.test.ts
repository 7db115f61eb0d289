import { Ollama } from 'ollama';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  callsTools,
  cutShort,
  interrupted,
  json,
  png,
  providerError,
  saysJson,
  saysText,
  schema,
  text,
  thinks,
} from '../__fixtures__/canned.ts';
import { startLoopback, type Loopback } from '../__fixtures__/loopback.ts';

let server: Loopback;
let client: Ollama;
beforeEach(async () => {
  server = await startLoopback();
  client = new Ollama({ host: server.url });
});
afterEach(() => server.close());

const model = 'module:vn_chat';
const messages = [{ role: 'user', content: 'Where are we?' }];
const tools = [
  {
    type: 'function',
    function: { name: 'look_at', parameters: { type: 'object', properties: { place: { type: 'string' } } } },
  },
];

describe('chat', () => {
  it('a text has its token counts and durations, under the requested name', async () => {
    server.script({ answer: saysText });
    const reply = await client.chat({
      model,
      messages,
      stream: false,
      options: { num_predict: 40, temperature: 0.4, num_ctx: 8192, stop: ['###'] },
    });
    expect(reply).toMatchObject({
      model,
      message: { role: 'assistant', content: text },
      done: true,
      done_reason: 'stop',
      prompt_eval_count: 20,
      eval_count: 8,
      total_duration: 120_000_000,
      prompt_eval_duration: 40_000_000,
      eval_duration: 80_000_000,
    });
    expect(server.calls[0]?.chat.params).toEqual({
      max_tokens: 40,
      max_completion_tokens: null,
      temperature: 0.4,
      stop: ['###'],
    });
    expect(server.calls[0]?.warnings.join()).toContain('`options.num_ctx`');
  });

  it('a stream has one JSON object per line, with thinking apart from the text, and one end', async () => {
    server.script({ answer: thinks });
    const parts = [];
    for await (const part of await client.chat({ model, messages, stream: true, think: true }))
      parts.push(part);
    expect(parts.map(({ message }) => message.content).join('')).toBe('Hello.');
    expect(parts.map(({ message }) => message.thinking ?? '').join('')).toBe('She is shy.');
    expect(parts.filter(({ done }) => done)).toHaveLength(1);
    expect(parts.at(-1)).toMatchObject({ done: true, done_reason: 'stop', eval_count: 50 });
    expect(server.calls[0]?.chat.params).toEqual({ reasoning_effort: 'medium' });
  });

  it.each([false, true])(
    'tool calls have objects as arguments, and are sent back; streamed: %s',
    async (stream) => {
      server.script({ answer: callsTools }, { answer: saysText });
      const reported = {
        role: 'assistant',
        content: '',
        tool_calls: [] as { function: { name: string; arguments: object } }[],
      };
      if (stream) {
        for await (const { message } of await client.chat({ model, messages, tools, stream: true })) {
          reported.content += message.content;
          reported.tool_calls.push(...(message.tool_calls ?? []));
        }
      } else Object.assign(reported, (await client.chat({ model, messages, tools })).message);
      expect(reported.tool_calls.map(({ function: fn }) => fn)).toMatchObject([
        { name: 'look_at', arguments: { place: 'harbour' } },
        { name: 'look_at', arguments: { place: 'inn' } },
      ]);
      const results = ['quiet', 'loud'].map((content) => ({ role: 'tool', tool_name: 'look_at', content }));
      await client.chat({ model, messages: [...messages, reported, ...results], tools });
      expect(server.calls[1]?.chat.messages.slice(1)).toEqual([
        { role: 'assistant', content: 'I look.', tool_calls: callsTools.data.tool_calls },
        { role: 'tool', tool_call_id: 'call_a', content: 'quiet' },
        { role: 'tool', tool_call_id: 'call_b', content: 'loud' },
      ]);
    },
  );

  it('a format is a schema or any JSON', async () => {
    server.script({ answer: saysJson });
    const reply = await client.chat({ model, messages, format: schema });
    expect(JSON.parse(reply.message.content)).toEqual(json);
    await client.chat({ model, messages, format: 'json' });
    expect(server.calls.map(({ chat }) => chat.params?.['response_format'])).toMatchObject([
      { type: 'json_schema', json_schema: { schema } },
      { type: 'json_object' },
    ]);
  });

  it('the type of an image is detected from its bytes', async () => {
    server.script({ answer: saysText });
    await client.chat({ model, messages: [{ role: 'user', content: 'What?', images: [png] }] });
    expect(server.calls[0]?.chat.messages[0]?.content).toEqual([
      { type: 'text', text: 'What?' },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } },
    ]);
  });

  it('an error has the provider’s message and status', async () => {
    server.script({ error: providerError(404) });
    await expect(client.chat({ model, messages })).rejects.toMatchObject({
      status_code: 404,
      message: expect.stringContaining('no such parameter') as string,
    });
  });

  it('an interrupted stream is an error to the client', async () => {
    server.script({ answer: saysText, error: interrupted });
    const stream = await client.chat({ model, messages, stream: true });
    const read = async () => {
      for await (const part of stream) void part;
    };
    await expect(read()).rejects.toThrow('broke off');
  });
});

describe('generate', () => {
  it('a prompt is one user message after the system message, and streams by default', async () => {
    server.script({ answer: cutShort });
    const parts = [];
    for await (const part of await client.generate({
      model,
      prompt: 'Once',
      system: 'Be brief.',
      stream: true,
    })) {
      parts.push(part);
    }
    expect(parts.map(({ response }) => response ?? '').join('')).toBe('Once upon');
    expect(parts.at(-1)).toMatchObject({ done: true, done_reason: 'length' });
    expect(server.calls[0]?.chat.messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Once' },
    ]);
    const reply = await client.generate({ model, prompt: 'Once', stream: false });
    expect(reply.response).toBe('Once upon');
  });

  it.each([
    [{ suffix: 'end' }, 'suffix'],
    [{ context: [1, 2] }, 'context'],
    [{ logprobs: true }, 'logprobs'],
  ])('%o is refused by name', async (field, name) => {
    await expect(client.generate({ model, prompt: 'x', ...field })).rejects.toThrow(`\`${name}\``);
  });
});
