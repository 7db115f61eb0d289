import Anthropic from '@anthropic-ai/sdk';
import { afterEach, beforeEach, expect, it } from 'vitest';
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
  blockedReply,
} from '../__fixtures__/canned.ts';
import { startLoopback, type Loopback } from '../__fixtures__/loopback.ts';

let server: Loopback;
let client: Anthropic;
beforeEach(async () => {
  server = await startLoopback();
  client = new Anthropic({ baseURL: server.url, apiKey: 'x', maxRetries: 2 });
});
afterEach(() => server.close());

const model = 'some_provider/some-model';
const messages = [{ role: 'user' as const, content: 'Where are we?' }];
const ask = { model, messages, max_tokens: 40 };
const tools = [
  {
    name: 'look_at',
    description: 'Looks.',
    input_schema: { type: 'object' as const, properties: { place: { type: 'string' } } },
  },
];

it('a text has its token counts', async () => {
  server.script({ answer: saysText });
  const message = await client.messages.create({ ...ask, system: 'Be brief.', stop_sequences: ['###'] });
  expect(message).toMatchObject({
    type: 'message',
    role: 'assistant',
    content: [{ type: 'text', text }],
    stop_reason: 'end_turn',
    usage: { input_tokens: 20, output_tokens: 8, cache_read_input_tokens: 0 },
  });
  expect(server.calls[0]?.chat).toEqual({
    model,
    messages: [{ role: 'system', content: 'Be brief.' }, ...messages],
    params: { max_tokens: 40, max_completion_tokens: null, stop: ['###'] },
  });
});

it('a stream starts with the message, opens and closes each block, and adds up to it', async () => {
  server.script({ answer: { ...thinks, data: { ...callsTools.data, reasoning: 'She is shy.' } } });
  const stream = client.messages.stream({ ...ask, tools });
  const types: string[] = [];
  stream.on('streamEvent', ({ type }) => types.push(type));
  const message = await stream.finalMessage();
  expect(message.content).toMatchObject([
    { type: 'thinking', thinking: 'She is shy.' },
    { type: 'text', text: 'I look.' },
    { type: 'tool_use', id: 'call_a', name: 'look_at', input: { place: 'harbour' } },
    { type: 'tool_use', id: 'call_b', name: 'look_at', input: { place: 'inn' } },
  ]);
  expect(message.stop_reason).toBe('tool_use');
  expect(message.usage).toMatchObject({ input_tokens: 40, cache_read_input_tokens: 60, output_tokens: 50 });
  const count = (type: string) => types.filter((seen) => seen === type).length;
  expect([types[0], types.at(-2), types.at(-1)]).toEqual(['message_start', 'message_delta', 'message_stop']);
  expect([count('content_block_start'), count('content_block_stop')]).toEqual([4, 4]);
});

it('tool calls are returned with their results, those of one step as consecutive tool messages', async () => {
  server.script({ answer: callsTools }, { answer: saysText });
  const first = await client.messages.create({
    ...ask,
    tools,
    tool_choice: { type: 'any', disable_parallel_tool_use: true },
  });
  const results = first.content.flatMap((block) =>
    block.type === 'tool_use'
      ? [{ type: 'tool_result' as const, tool_use_id: block.id, content: 'quiet' }]
      : [],
  );
  const question = { type: 'text' as const, text: 'And now?' };
  await client.messages.create({
    ...ask,
    tools,
    messages: [
      ...messages,
      { role: 'assistant', content: first.content },
      { role: 'user', content: [...results, question] },
    ],
  });
  expect(server.calls[0]?.chat.params).toMatchObject({
    tool_choice: 'required',
    parallel_tool_calls: false,
    tools: [{ type: 'function', function: { name: 'look_at', parameters: tools[0]!.input_schema } }],
  });
  expect(server.calls[1]?.chat.messages.slice(1)).toEqual([
    { role: 'assistant', content: 'I look.', tool_calls: callsTools.data.tool_calls },
    { role: 'tool', tool_call_id: 'call_a', content: 'quiet' },
    { role: 'tool', tool_call_id: 'call_b', content: 'quiet' },
    { role: 'user', content: 'And now?' },
  ]);
});

it('a schema is sent to the model, and the client parses the reply', async () => {
  server.script({ answer: saysJson });
  const format = { type: 'json_schema' as const, schema };
  const message = await client.messages.create({ ...ask, output_config: { format, effort: 'low' } });
  const [block] = message.content;
  expect(JSON.parse(block?.type === 'text' ? block.text : '')).toEqual(json);
  expect(server.calls[0]?.chat.params).toMatchObject({
    reasoning_effort: 'low',
    response_format: { type: 'json_schema', json_schema: { schema } },
  });
});

it('images are sent as bytes or as an address', async () => {
  server.script({ answer: saysText });
  const url = 'https://example.org/pier.png';
  await client.messages.create({
    ...ask,
    messages: [
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } },
          { type: 'image', source: { type: 'url', url } },
        ],
      },
    ],
  });
  expect(server.calls[0]?.chat.messages[0]?.content).toEqual([
    { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } },
    { type: 'image_url', image_url: { url } },
  ]);
});

it.each([
  [cutShort, 'max_tokens'],
  [callsTools, 'tool_use'],
])('the stop reason is in Anthropic’s terms', async (answer, reason) => {
  server.script({ answer });
  expect((await client.messages.create(ask)).stop_reason).toBe(reason);
});

it.each([false, true])('a filtered reply is a refusal; streamed: %s', async (stream) => {
  server.script({ error: blockedReply });
  const message = stream
    ? await client.messages.stream(ask).finalMessage()
    : await client.messages.create(ask);
  expect(message).toMatchObject({ stop_reason: 'refusal', content: [] });
  expect(message.stop_details?.explanation).toBe('I cannot help with that');
});

it.each([
  [400, Anthropic.BadRequestError, 'invalid_request_error'],
  [401, Anthropic.AuthenticationError, 'authentication_error'],
  [403, Anthropic.PermissionDeniedError, 'permission_error'],
  [404, Anthropic.NotFoundError, 'not_found_error'],
  [409, Anthropic.ConflictError, 'invalid_request_error'],
  [422, Anthropic.UnprocessableEntityError, 'invalid_request_error'],
])('a provider’s %i keeps its status, and is not retried', async (status, kind, type) => {
  server.script({ error: providerError(status) });
  const failed = client.messages.create(ask);
  await expect(failed).rejects.toBeInstanceOf(kind);
  await expect(failed).rejects.toMatchObject({
    status,
    error: { type: 'error', error: { type }, request_id: 'req-1' },
  });
  expect(server.requests).toBe(1);
});

it('an interrupted stream is an error to the client', async () => {
  server.script({ answer: saysText, error: interrupted });
  await expect(client.messages.stream(ask).finalMessage()).rejects.toThrow('broke off');
});

it.each([
  [{ tools: [{ type: 'web_search_20250305' as const, name: 'web_search' as const }] }, 'tools[0].type'],
  [
    { messages: [{ role: 'user' as const, content: [{ type: 'container_upload' as const, file_id: 'f' }] }] },
    'messages[0].content[0].type',
  ],
])('a feature only Anthropic runs is refused by name at another provider', async (field, param) => {
  const failed = client.messages.create({ ...ask, ...field });
  await expect(failed).rejects.toMatchObject({
    status: 400,
    error: { error: { param, code: 'parameter_refused' } },
  });
});
