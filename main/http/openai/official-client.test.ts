import OpenAI from 'openai';
import { zodFunction, zodResponseFormat } from 'openai/helpers/zod';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { plantedKey } from '../../core/__fixtures__/chat-core.ts';
import { pieces, silence, whole } from '../../core/__fixtures__/provider-replies.ts';
import { startProvider, type Exchange, type Reply } from '../../core/__fixtures__/provider-upstream.ts';
import { protocols, type Protocol } from '../../core/__fixtures__/protocols.ts';
import { failure, openAiServer } from './__fixtures__/openai-server.ts';
import { lookAt, toolReplies } from './__fixtures__/tool-replies.ts';

/** The provider's connection must be closed this soon after the client's. */
const soonMs = 1000;

const asked = 'Say hello to Mira.';
const messages = [{ role: 'user' as const, content: asked }];

const upstreams = [
  { model: `openai_public/${protocols.openAi.model}`, protocol: protocols.openAi, tools: toolReplies.openAi },
  {
    model: `anthropic_public/${protocols.anthropic.model}`,
    protocol: protocols.anthropic,
    tools: toolReplies.anthropic,
  },
];

const streaming = ({ json }: Exchange) => json()['stream'] === true;

/** Answers each request as it asks, streaming or not. */
const either =
  (reply: unknown, stream: Iterable<string>): Reply =>
  (exchange) =>
    (streaming(exchange) ? pieces(stream) : whole(reply))(exchange);

/** The text as the reply; where a model takes its schema as a tool, as that tool's input. */
function inSchema(protocol: Protocol, text: string): Reply {
  return (exchange) => {
    const forced = exchange.json()['tool_choice'] as { name?: string } | undefined;
    if (!forced?.name) return either(protocol.reply(text), protocol.stream(text))(exchange);
    const content = [
      { type: 'tool_use', id: 'toolu_1', name: forced.name, input: JSON.parse(text) as object },
    ];
    return whole({
      type: 'message',
      role: 'assistant',
      content,
      stop_reason: 'tool_use',
      usage: { input_tokens: 1, output_tokens: 1 },
    })(exchange);
  };
}

describe.each(upstreams)('$model', ({ model, protocol, tools }) => {
  it('is listed, and can be looked up by its id with a slash', async () => {
    const { client } = await openAiServer('http://127.0.0.1:9');
    const list = await client.models.list();
    expect(list.data.map(({ id }) => id)).toContain(model);
    expect(await client.models.retrieve(model)).toEqual({
      id: model,
      object: 'model',
      created: 0,
      owned_by: protocol.provider,
    });
  });

  it('answers a chat with text, usage and a finish reason', async () => {
    const upstream = await startProvider(whole(protocol.reply('Hello, Mira.')));
    const { client } = await openAiServer(upstream.url);
    const completion = await client.chat.completions.create({ model, messages, max_tokens: 50 });
    expect(completion).toMatchObject({
      object: 'chat.completion',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Hello, Mira.' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 11, completion_tokens: 5, total_tokens: 16 },
    });
    expect(completion._request_id).toMatch(/^[\w-]{36}$/);
    const [sent] = upstream.exchanges;
    expect(sent!.json()).toMatchObject({ model: protocol.model, max_tokens: 50 });
    expect(sent!.headers[protocol.key.header]).toBe(protocol.key.prefix + plantedKey(protocol.provider));
    expect(JSON.stringify(sent!.headers)).not.toContain('a-key-nobody-reads');
  });

  it('streams deltas, the requested usage, and an end', async () => {
    const upstream = await startProvider(pieces(protocol.stream('Hel', 'lo, ', 'Mira.')));
    const { client } = await openAiServer(upstream.url);
    const stream = await client.chat.completions.create({
      model,
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    let finish: string | null = null;
    let usage: OpenAI.CompletionUsage | null | undefined;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      finish = chunk.choices[0]?.finish_reason ?? finish;
      usage = chunk.usage ?? usage;
    }
    expect({ text, finish }).toEqual({ text: 'Hello, Mira.', finish: 'stop' });
    expect(usage).toMatchObject({ prompt_tokens: 11, completion_tokens: 5, total_tokens: 16 });
  });

  it('returns complete tool calls', async () => {
    const upstream = await startProvider(whole(tools.whole));
    const { client } = await openAiServer(upstream.url);
    const { choices } = await client.chat.completions.create({
      model,
      messages,
      tools: [lookAt],
      tool_choice: 'auto',
    });
    const calls = choices[0]?.message.tool_calls ?? [];
    expect(
      calls.map(
        (call) => call.type === 'function' && [call.function.name, JSON.parse(call.function.arguments)],
      ),
    ).toEqual([
      ['look_at', { place: 'harbour' }],
      ['look_at', { place: 'inn' }],
    ]);
    expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
    expect(choices[0]?.finish_reason).toBe('tool_calls');
    expect(JSON.stringify(upstream.exchanges[0]!.json()['tools'])).toContain('Describes a place.');
  });

  it('streams tool calls that the client’s helper puts together', async () => {
    const upstream = await startProvider(pieces(tools.stream));
    const { client } = await openAiServer(upstream.url);
    const runner = client.chat.completions.stream({ model, messages, tools: [lookAt] });
    const { choices } = await runner.finalChatCompletion();
    expect(choices[0]?.finish_reason).toBe('tool_calls');
    expect(choices[0]?.message.tool_calls).toMatchObject([
      { type: 'function', function: { name: 'look_at', arguments: '{"place":"harbour"}' } },
      { type: 'function', function: { name: 'look_at', arguments: '{"place":"inn"}' } },
    ]);
  });

  it('gets a tool’s result under its call’s id', async () => {
    const upstream = await startProvider(
      either(tools.whole, tools.stream),
      whole(protocol.reply('Two places.')),
    );
    const { client } = await openAiServer(upstream.url);
    const location = z.object({ place: z.string() });
    const tool = zodFunction({
      name: 'look_at',
      parameters: location,
      function: ({ place: location }) => `a quiet ${location}`,
    });
    const runner = client.chat.completions.runTools({ model, messages, tools: [tool] });
    expect(await runner.finalContent()).toBe('Two places.');
    const second = JSON.stringify(upstream.exchanges[1]!.json()['messages']);
    for (const part of ['a quiet harbour', 'a quiet inn', '_a', '_b']) expect(second).toContain(part);
  });

  it('returns JSON of the caller’s schema that the client’s helper parses', async () => {
    const upstream = await startProvider(inSchema(protocol, '{"greeting":"hello"}'));
    const { client } = await openAiServer(upstream.url);
    const response_format = zodResponseFormat(z.object({ greeting: z.string() }), 'greeting');
    const { choices } = await client.chat.completions.parse({ model, messages, response_format });
    expect(choices[0]?.message.parsed).toEqual({ greeting: 'hello' });
    expect(JSON.stringify(upstream.exchanges[0]!.json())).toContain('"greeting":{"type":"string"}');
  });

  it('throws the error class of a failed call’s status, with the provider’s message', async () => {
    const upstream = await startProvider(whole(protocol.error('no such field: temprature'), 400));
    const { client } = await openAiServer(upstream.url);
    const error = await failure(client.chat.completions.create({ model, messages }));
    expect(error).toMatchObject({
      status: 400,
      code: expect.stringMatching(/^upstream_(code|type)$/),
      type: 'invalid_request_error',
      param: null,
    });
    expect(error.message).toContain('no such field: temprature');
    expect(error.requestID).toMatch(/^[\w-]{36}$/);
  });

  it('throws an error in the middle of a stream, after the deltas before it', async () => {
    const begun = protocol.stream('Once ', 'upon ').slice(0, protocol.streams ? 5 : 0);
    const upstream = await startProvider(pieces([...begun, protocol.errorEvent('the GPU fell off')]));
    const { client } = await openAiServer(upstream.url);
    const stream = await client.chat.completions.create({ model, messages, stream: true });
    let text = '';
    const error = await failure(
      (async () => {
        for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
      })(),
    );
    expect(text).toMatch(/^Once /);
    expect(error.message).toContain('the GPU fell off');
    expect(error.code).toMatch(/^provider_/);
  });

  it('closes the provider’s connection when the client aborts', async () => {
    const upstream = await startProvider(
      silence,
      pieces(protocol.stream('Once ', 'upon ').slice(0, 4), 'hang'),
    );
    const { client } = await openAiServer(upstream.url);
    const controller = new AbortController();
    const call = client.chat.completions.create({ model, messages }, { signal: controller.signal });
    const waiting = await upstream.next();
    let left = performance.now();
    controller.abort();
    await expect(call).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
    expect((await waiting.ended) - left).toBeLessThan(soonMs);

    const stream = await client.chat.completions.create({ model, messages, stream: true });
    for await (const chunk of stream) if (chunk.choices[0]?.delta.content) break;
    left = performance.now();
    expect((await upstream.exchanges[1]!.ended) - left).toBeLessThan(soonMs);
  });
});
