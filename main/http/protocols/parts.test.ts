import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI, Type } from '@google/genai';
import { generateText, Output, stepCountIs, streamText, tool, type LanguageModel } from 'ai';
import { Ollama } from 'ollama';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { chatOptions } from '../../core/__fixtures__/chat-core.ts';
import { pieces, whole } from '../../core/__fixtures__/provider-replies.ts';
import { startProvider, type Exchange, type Reply } from '../../core/__fixtures__/provider-upstream.ts';
import { protocols } from '../../core/__fixtures__/protocols.ts';
import { testServer } from '../__fixtures__/test-server.ts';
import { toolReplies } from '../openai/__fixtures__/tool-replies.ts';
import { vendorReply } from './__fixtures__/vendor-reply.ts';

const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const json = '{"greeting":"Hello, Mira."}';
const greeting = z.object({ greeting: z.string() });
const key = 'x';

const geminiCall = {
  candidates: [
    {
      content: {
        role: 'model',
        parts: [{ functionCall: { name: 'look_at', args: { place: 'harbour' } } }],
      },
      finishReason: 'STOP',
    },
  ],
};
const ollamaCall = {
  message: {
    role: 'assistant',
    content: '',
    tool_calls: [{ function: { name: 'look_at', arguments: { place: 'harbour' } } }],
  },
  done: true,
  done_reason: 'stop',
};

const asksStream = ({ path, json: body }: Exchange) =>
  path.includes(':streamGenerateContent') || body()['stream'] === true;
const either =
  (reply: unknown, stream: readonly string[]): Reply =>
  (exchange) =>
    (asksStream(exchange) ? pieces(stream) : whole(reply))(exchange);

/** A vendor whose model calls `look_at` for the harbour. */
const callers = [
  { protocol: protocols.openAi, calls: either(toolReplies.openAi.whole, toolReplies.openAi.stream) },
  { protocol: protocols.anthropic, calls: either(toolReplies.anthropic.whole, toolReplies.anthropic.stream) },
  { protocol: protocols.gemini, calls: either(geminiCall, [`data: ${JSON.stringify(geminiCall)}\n\n`]) },
  { protocol: protocols.ollama, calls: either(ollamaCall, [`${JSON.stringify(ollamaCall)}\n`]) },
];
const modelOf = ({ provider, model }: { provider: string; model: string }) => `${provider}/${model}`;

const sdks: [string, (url: string, model: string) => LanguageModel][] = [
  ['openai (responses)', (url, model) => createOpenAI({ baseURL: `${url}/v1`, apiKey: key })(model)],
  [
    'openai-compatible',
    (url, model) =>
      createOpenAICompatible({
        name: 'panel',
        baseURL: `${url}/v1`,
        apiKey: key,
        supportsStructuredOutputs: true,
      })(model),
  ],
  ['anthropic', (url, model) => createAnthropic({ baseURL: `${url}/v1`, apiKey: key })(model)],
];

describe.each(sdks)('the AI SDK’s %s', (_name, modelAt) => {
  it.each([false, true])('runs tools over two steps with every provider; streamed: %s', async (streamed) => {
    const upstream = await startProvider();
    const { url } = await testServer(chatOptions(upstream.url));
    for (const { protocol, calls } of callers) {
      upstream.restart(calls, vendorReply(protocol, 'It is quiet.'));
      const places: string[] = [];
      const tools = {
        look_at: tool({
          description: 'Looks.',
          inputSchema: z.object({ place: z.string() }),
          execute: ({ place: location }) => (places.push(location), `quiet at the ${location}`),
        }),
      };
      const ask = {
        model: modelAt(url, modelOf(protocol)),
        prompt: 'Where is she?',
        tools,
        stopWhen: stepCountIs(2),
        maxOutputTokens: 200,
        maxRetries: 0,
      };
      const text = streamed ? await streamText(ask).text : (await generateText(ask)).text;
      expect([protocol.provider, text]).toEqual([protocol.provider, 'It is quiet.']);
      expect(places[0]).toBe('harbour');
      expect(upstream.exchanges[0]?.body.toString()).toContain('look_at');
      expect(upstream.exchanges[1]?.body.toString()).toContain('quiet at the harbour');
    }
  });

  it('gets an object of its schema from every provider, and its image arrives', async () => {
    const upstream = await startProvider();
    const { url } = await testServer(chatOptions(upstream.url));
    for (const { protocol } of callers) {
      upstream.restart(inSchema(vendorReply(protocol, json)));
      const { output } = await generateText({
        model: modelAt(url, modelOf(protocol)),
        maxOutputTokens: 200,
        maxRetries: 0,
        output: Output.object({ schema: greeting }),
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'Greet her.' },
              { type: 'image', image: pixel, mediaType: 'image/png' },
            ],
          },
        ],
      });
      expect([protocol.provider, output]).toEqual([protocol.provider, { greeting: 'Hello, Mira.' }]);
      const sent = upstream.exchanges[0]?.body.toString() ?? '';
      expect([protocol.provider, sent.includes(pixel)]).toEqual([protocol.provider, true]);
      expect(sent).toContain('greeting');
    }
  });
});

/** A model that takes its schema as a tool answers with a call of that tool. */
function inSchema(reply: Reply): Reply {
  return (exchange) => {
    const forced = exchange.json()['tool_choice'] as { name?: string } | undefined;
    if (!forced?.name) return reply(exchange);
    const block = { type: 'tool_use', id: 'toolu_1', name: forced.name, input: JSON.parse(json) as object };
    const usage = { input_tokens: 9, output_tokens: 9 };
    const message = { type: 'message', role: 'assistant', content: [block], stop_reason: 'tool_use', usage };
    return whole(message)(exchange);
  };
}

describe('official clients call tools of a model with another protocol:', () => {
  const parameters = { type: 'object', properties: { place: { type: 'string' } }, required: ['place'] };

  it('openai, with the Responses API', async () => {
    const upstream = await startProvider();
    const { url } = await testServer(chatOptions(upstream.url));
    const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0 });
    for (const { protocol, calls } of callers) {
      upstream.restart(calls, vendorReply(protocol, 'Quiet.'));
      const tools = [{ type: 'function' as const, name: 'look_at', parameters, strict: false }];
      const first = await client.responses.create({ model: modelOf(protocol), input: 'Where?', tools });
      const call = first.output.find((item) => item.type === 'function_call');
      expect(call).toMatchObject({ name: 'look_at', arguments: '{"place":"harbour"}' });
      // By reference, like clients that expect replies to be stored.
      const results = first.output.flatMap((item) =>
        item.type === 'function_call'
          ? [{ type: 'function_call_output' as const, call_id: item.call_id, output: 'quiet' }]
          : [],
      );
      const second = await client.responses.create({
        model: modelOf(protocol),
        tools,
        input: [
          { role: 'user', content: 'Where?' },
          ...first.output.map(({ id }) => ({ type: 'item_reference' as const, id: id ?? '' })),
          ...results,
        ],
      });
      expect([protocol.provider, second.output_text]).toEqual([protocol.provider, 'Quiet.']);
    }
  });

  it('anthropic', async () => {
    const upstream = await startProvider();
    const { url } = await testServer(chatOptions(upstream.url));
    const client = new Anthropic({ baseURL: url, apiKey: key, maxRetries: 0 });
    for (const { protocol, calls } of callers) {
      upstream.restart(calls);
      const message = await client.messages.create({
        model: modelOf(protocol),
        max_tokens: 200,
        messages: [{ role: 'user', content: 'Where?' }],
        tools: [{ name: 'look_at', input_schema: { ...parameters, type: 'object' } }],
      });
      expect(message.stop_reason).toBe('tool_use');
      expect(message.content).toContainEqual(
        expect.objectContaining({ type: 'tool_use', name: 'look_at', input: { place: 'harbour' } }),
      );
    }
  });

  it('google genai', async () => {
    const upstream = await startProvider();
    const { url } = await testServer(chatOptions(upstream.url));
    const client = new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: url } });
    for (const { protocol, calls } of callers) {
      upstream.restart(calls);
      const reply = await client.models.generateContent({
        model: modelOf(protocol),
        contents: 'Where?',
        config: {
          maxOutputTokens: 200,
          tools: [
            {
              functionDeclarations: [
                {
                  name: 'look_at',
                  parameters: { type: Type.OBJECT, properties: { place: { type: Type.STRING } } },
                },
              ],
            },
          ],
        },
      });
      expect(reply.functionCalls?.[0]).toMatchObject({ name: 'look_at', args: { place: 'harbour' } });
    }
  });

  it('ollama, with a schema and an image too', async () => {
    const upstream = await startProvider();
    const { url } = await testServer(chatOptions(upstream.url));
    const client = new Ollama({ host: url });
    for (const { protocol, calls } of callers) {
      const model = modelOf(protocol);
      const options = { num_predict: 200 };
      upstream.restart(calls, inSchema(vendorReply(protocol, json)));
      const tools = [{ type: 'function', function: { name: 'look_at', description: '', parameters } }];
      const messages = [{ role: 'user', content: 'Where?' }];
      const called = await client.chat({ model, messages, tools, options });
      expect(called.message.tool_calls?.[0]?.function).toMatchObject({
        name: 'look_at',
        arguments: { place: 'harbour' },
      });
      const seen = await client.chat({
        model,
        options,
        messages: [{ role: 'user', content: 'Greet her.', images: [pixel] }],
        format: z.toJSONSchema(greeting),
      });
      expect(JSON.parse(seen.message.content)).toEqual({ greeting: 'Hello, Mira.' });
      expect(upstream.exchanges[1]?.body.toString()).toContain(pixel);
    }
  });
});
