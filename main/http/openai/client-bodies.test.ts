import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { HumanMessage, SystemMessage } from '@langchain/core/messages';
import { tool as langChainTool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { generateText, jsonSchema, Output, streamText, tool } from 'ai';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pieces, whole } from '../../core/__fixtures__/provider-replies.ts';
import {
  openProvider,
  type ProviderUpstream,
  type Reply,
} from '../../core/__fixtures__/provider-upstream.ts';
import { afterTheBlock } from '../../core/__fixtures__/test-core.ts';
import { protocols, type Protocol } from '../../core/__fixtures__/protocols.ts';
import { openAiServer, type OpenAiServer } from './__fixtures__/openai-server.ts';

// Turns off the SDK's warnings about unknown models.
globalThis.AI_SDK_LOG_WARNINGS = false;

const targets = [protocols.openAi, protocols.azure, protocols.anthropic, protocols.gemini];

const text = '{"mood":"calm"}';
const png = new Uint8Array(Buffer.from('iVBORw0KGgo=', 'base64'));
const dataUrl = 'data:image/png;base64,iVBORw0KGgo=';
const mood = z.object({ mood: z.string() });
const parameters = { type: 'object' as const, properties: { place: { type: 'string' as const } } };

/** Answers as requested; if a schema is sent as a tool, as that tool's input. */
const either =
  (protocol: Protocol): Reply =>
  (exchange) => {
    const body = exchange.json();
    const asked = body['stream'] === true || exchange.path.includes('streamGenerate');
    const forced = (body['tool_choice'] as { name?: string } | undefined)?.name;
    const content = [{ type: 'tool_use', id: 'toolu_1', name: forced, input: JSON.parse(text) as object }];
    const reply = forced
      ? { ...(protocol.reply('') as object), content, stop_reason: 'tool_use' }
      : protocol.reply(text);
    return (asked ? pieces(protocol.stream(text)) : whole(reply))(exchange);
  };

type Ask = (transport: OpenAiServer, model: string) => PromiseLike<unknown>;

const messages = [
  { role: 'system' as const, content: 'You are a guide.' },
  { role: 'user' as const, content: 'Where are we?' },
];

const openAiClient: [string, Ask][] = [
  ['a chat', ({ client }, model) => client.chat.completions.create({ model, messages, max_tokens: 50 })],
  [
    'a stream with its usage',
    async ({ client }, model) => {
      const options = { model, messages, stream: true as const, stream_options: { include_usage: true } };
      for await (const _ of await client.chat.completions.create({ ...options, max_completion_tokens: 50 }));
    },
  ],
  [
    'tools and an image',
    ({ client }, model) =>
      client.chat.completions.create({
        model,
        max_tokens: 50,
        temperature: 0.5,
        top_p: 0.9,
        stop: ['END'],
        user: 'reader-1',
        tools: [{ type: 'function', function: { name: 'look_at', parameters } }],
        tool_choice: 'auto',
        messages: [
          ...messages,
          {
            role: 'user',
            content: [
              { type: 'text', text: 'and this?' },
              { type: 'image_url', image_url: { url: dataUrl } },
            ],
          },
        ],
      }),
  ],
];

const provider = (transport: OpenAiServer, model: string) =>
  createOpenAI({ baseURL: `${transport.url}/v1`, apiKey: 'x' }).chat(model);
const compatible = (transport: OpenAiServer, model: string) =>
  createOpenAICompatible({ name: 'panel', baseURL: `${transport.url}/v1`, supportsStructuredOutputs: true })(
    model,
  );
const image = [
  {
    role: 'user' as const,
    content: [
      { type: 'text' as const, text: 'and this?' },
      { type: 'image' as const, image: png, mediaType: 'image/png' },
    ],
  },
];
const tools = { look_at: tool({ inputSchema: jsonSchema<object>(parameters) }) };

const aiSdk = [provider, compatible].flatMap((model, n): [string, Ask][] => {
  const name = n ? 'compatible' : 'openai';
  const limits = { maxOutputTokens: 50, maxRetries: 0 };
  return [
    [
      `${name}: a chat`,
      (transport, id) =>
        generateText({ model: model(transport, id), prompt: 'Where?', ...limits, temperature: 0.5 }),
    ],
    [
      `${name}: an image and tools`,
      (transport, id) => generateText({ model: model(transport, id), messages: image, tools, ...limits }),
    ],
    [
      `${name}: an object`,
      (transport, id) =>
        generateText({
          model: model(transport, id),
          prompt: 'Where?',
          output: Output.object({ schema: mood }),
          ...limits,
        }),
    ],
    [
      `${name}: a stream`,
      (transport, id) =>
        streamText({ model: model(transport, id), prompt: 'Where?', ...limits }).consumeStream(),
    ],
  ];
});

const langChain = (transport: OpenAiServer, model: string) =>
  new ChatOpenAI({
    model,
    apiKey: 'x',
    maxTokens: 50,
    temperature: 0.5,
    maxRetries: 0,
    useResponsesApi: false,
    configuration: { baseURL: `${transport.url}/v1` },
  });
const lookAt = langChainTool(({ place: location }) => location, {
  name: 'look_at',
  schema: z.object({ place: z.string() }),
});
const langChainCalls: [string, Ask][] = [
  [
    'a chat',
    (transport, id) =>
      langChain(transport, id).invoke([new SystemMessage('A guide.'), new HumanMessage('Where?')]),
  ],
  [
    'a stream',
    async (transport, id) => {
      for await (const _ of await langChain(transport, id).stream('Where?'));
    },
  ],
  ['tools', (transport, id) => langChain(transport, id).bindTools([lookAt]).invoke('Where?')],
  [
    'structured output',
    (transport, id) => langChain(transport, id).withStructuredOutput(mood, { name: 'mood' }).invoke('Where?'),
  ],
];

const clients = [
  ...openAiClient.map(([name, ask]) => ({ name: `openai, ${name}`, ask })),
  ...aiSdk.map(([name, ask]) => ({ name: `AI SDK, ${name}`, ask })),
  ...langChainCalls.map(([name, ask]) => ({ name: `LangChain, ${name}`, ask })),
];

describe.each(targets)('with a budget set, at $provider', (protocol) => {
  const atEnd = afterTheBlock();
  let upstream: ProviderUpstream;
  let transport: OpenAiServer;
  beforeAll(async () => {
    upstream = await openProvider(atEnd);
    const env = { COMFYVN_LLM_DAILY_BUDGET_USD: '5', COMFYVN_LLM_CALL_BUDGET_USD: '1' };
    transport = await openAiServer(upstream.url, { env, atEnd });
  });

  it.each(clients)('a call of $name has an upper bound, and is sent', async ({ ask }) => {
    upstream.restart(either(protocol));
    const before = (await transport.ask('budget.get')).spent_today;
    await ask(transport, `${protocol.provider}/${protocol.model}`);
    // One without a bound would be refused.
    expect(upstream.exchanges).toHaveLength(1);
    expect((await transport.ask('budget.get')).spent_today).toBeGreaterThan(before ?? Infinity);
  });
});
