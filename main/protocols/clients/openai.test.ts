import OpenAI from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  answerOf,
  callsTools,
  cutShort,
  interrupted,
  json,
  png,
  providerError,
  saysJson,
  saysText,
  text,
  thinks,
  blockedReply,
} from '../__fixtures__/canned.ts';
import { startLoopback, type Loopback } from '../__fixtures__/loopback.ts';

let server: Loopback;
let client: OpenAI;
beforeEach(async () => {
  server = await startLoopback();
  client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'x', maxRetries: 2 });
});
afterEach(() => server.close());

const model = 'some_provider/some-model';
const input = 'Where are we?';
const tools: OpenAI.Responses.FunctionTool[] = [
  {
    type: 'function',
    name: 'look_at',
    description: 'Looks.',
    parameters: { type: 'object', properties: { place: { type: 'string' } }, required: ['place'] },
    strict: true,
  },
];

describe('responses', () => {
  it('a text has its token counts, and the request is a chat of one user message', async () => {
    server.script({ answer: saysText });
    const response = await client.responses.create({
      model,
      input,
      instructions: 'Be brief.',
      max_output_tokens: 40,
    });
    expect(response.output_text).toBe(text);
    expect(response).toMatchObject({
      status: 'completed',
      store: false,
      incomplete_details: null,
      error: null,
    });
    expect(response.usage).toMatchObject({ input_tokens: 20, output_tokens: 8, total_tokens: 28 });
    expect(server.calls[0]?.chat).toEqual({
      model,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: input },
      ],
      params: { max_tokens: 40, max_completion_tokens: null },
    });
  });

  it('a stream numbers its events, whose deltas add up to the final response', async () => {
    server.script({ answer: { ...thinks, data: { ...callsTools.data, reasoning: 'She is shy.' } } });
    const stream = client.responses.stream({ model, input, tools });
    const events: OpenAI.Responses.ResponseStreamEvent[] = [];
    for await (const event of stream) events.push(event);
    expect(events.map(({ sequence_number }) => sequence_number)).toEqual(events.map((_, index) => index));
    const types = events.map(({ type }) => type);
    expect([types[0], types[1], types.at(-1)]).toEqual([
      'response.created',
      'response.in_progress',
      'response.completed',
    ]);
    const response = await stream.finalResponse();
    expect(response.output.map(({ type }) => type)).toEqual([
      'reasoning',
      'message',
      'function_call',
      'function_call',
    ]);
    const reported = (type: string) =>
      events
        .flatMap((event) => (event.type === type && 'delta' in event ? [String(event.delta)] : []))
        .join('');
    expect(reported('response.output_text.delta')).toBe('I look.');
    expect(reported('response.reasoning_summary_text.delta')).toBe('She is shy.');
    expect(reported('response.function_call_arguments.delta')).toBe('{"place":"harbour"}{"place":"inn"}');
    expect(response.output_text).toBe('I look.');
    const opened = types.filter((type) => type === 'response.output_item.added');
    expect(types.filter((type) => type === 'response.output_item.done')).toHaveLength(opened.length);
  });

  it('tool calls are returned with their results, under their ids', async () => {
    server.script({ answer: callsTools }, { answer: saysText });
    const first = await client.responses.create({ model, input, tools, tool_choice: 'required' });
    const calls = first.output.filter((item) => item.type === 'function_call');
    expect(calls.map(({ name, arguments: args }) => [name, args])).toEqual([
      ['look_at', '{"place":"harbour"}'],
      ['look_at', '{"place":"inn"}'],
    ]);
    const results = calls.map(({ call_id }) => ({
      type: 'function_call_output' as const,
      call_id,
      output: 'quiet',
    }));
    const history = [{ role: 'user' as const, content: input }, ...first.output, ...results];
    const second = await client.responses.create({
      model,
      input: history as OpenAI.Responses.ResponseInput,
      tools,
    });
    expect(second.output_text).toBe(text);
    expect(server.calls[0]?.chat.params).toMatchObject({
      tool_choice: 'required',
      tools: [{ type: 'function', function: { name: 'look_at', strict: true } }],
    });
    expect(server.calls[1]?.chat.messages).toEqual([
      { role: 'user', content: input },
      { role: 'assistant', content: 'I look.', tool_calls: callsTools.data.tool_calls },
      { role: 'tool', tool_call_id: 'call_a', content: 'quiet' },
      { role: 'tool', tool_call_id: 'call_b', content: 'quiet' },
    ]);
  });

  it('a schema is sent to the model, and the client parses the reply', async () => {
    server.script({ answer: saysJson });
    const format = zodTextFormat(z.object({ name: z.string(), age: z.number() }), 'person');
    const response = await client.responses.parse({ model, input, text: { format } });
    expect(response.output_parsed).toEqual(json);
    expect(server.calls[0]?.chat).toMatchObject({
      schema: null,
      params: { response_format: { type: 'json_schema', json_schema: { name: 'person', strict: true } } },
    });
  });

  it('an image is a part of the user message', async () => {
    server.script({ answer: saysText });
    const image_url = `data:image/png;base64,${png}`;
    await client.responses.create({
      model,
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'What is it?' },
            { type: 'input_image', image_url, detail: 'low' },
          ],
        },
      ],
    });
    expect(server.calls[0]?.chat.messages[0]?.content).toEqual([
      { type: 'text', text: 'What is it?' },
      { type: 'image_url', image_url: { url: image_url, detail: 'low' } },
    ]);
  });

  it('reasoning is a summary, and cached and reasoning tokens are included', async () => {
    server.script({ answer: thinks });
    const response = await client.responses.create({
      model,
      input,
      reasoning: { effort: 'low', summary: 'auto' },
    });
    expect(response.output[0]).toMatchObject({
      type: 'reasoning',
      summary: [{ type: 'summary_text', text: 'She is shy.' }],
    });
    expect(response.usage).toEqual({
      input_tokens: 100,
      input_tokens_details: { cached_tokens: 60, cache_write_tokens: 0 },
      output_tokens: 50,
      output_tokens_details: { reasoning_tokens: 30 },
      total_tokens: 150,
    });
    expect(server.calls[0]?.chat.params).toEqual({ reasoning_effort: 'low' });
  });

  it.each([false, true])('a truncated reply is incomplete; streamed: %s', async (stream) => {
    server.script({ answer: cutShort });
    const response = stream
      ? await client.responses.stream({ model, input }).finalResponse()
      : await client.responses.create({ model, input });
    expect(response).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      output: [{ type: 'message', status: 'incomplete' }],
    });
  });

  it.each([false, true])(
    'a filtered reply is a refusal with the provider’s message; streamed: %s',
    async (stream) => {
      server.script({ error: blockedReply });
      const response = stream
        ? await client.responses.stream({ model, input }).finalResponse()
        : await client.responses.create({ model, input });
      expect(response.output[0]).toMatchObject({
        content: [{ type: 'refusal', refusal: 'I cannot help with that' }],
      });
    },
  );

  it.each([
    [400, OpenAI.BadRequestError],
    [401, OpenAI.AuthenticationError],
    [404, OpenAI.NotFoundError],
    [409, OpenAI.ConflictError],
    [422, OpenAI.UnprocessableEntityError],
  ])('a provider’s %i keeps its status and code, and is not retried', async (status, kind) => {
    server.script({ error: providerError(status) });
    const failed = client.responses.create({ model, input });
    await expect(failed).rejects.toBeInstanceOf(kind);
    await expect(failed).rejects.toMatchObject({ status, code: 'unknown_parameter' });
    expect(server.requests).toBe(1);
  });

  it('a rate limit keeps its Retry-After', async () => {
    server.script({ error: providerError(429, { retry_after_ms: 1_200 }) });
    const patient = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'x', maxRetries: 0 });
    const error: unknown = await patient.responses
      .create({ model, input })
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(OpenAI.RateLimitError);
    expect((error as InstanceType<typeof OpenAI.RateLimitError>).headers?.get('retry-after')).toBe('2');
  });

  it('an interrupted stream is an error to the client, after its text so far', async () => {
    server.script({ answer: saysText, error: interrupted });
    const stream = await client.responses.create({ model, input, stream: true });
    const types: string[] = [];
    const read = async () => {
      for await (const event of stream) types.push(event.type);
    };
    await expect(read()).rejects.toThrow('broke off');
    expect(types).toContain('response.output_text.delta');
    expect(types.at(-1)).toBe('response.failed');
  });

  it.each([
    [{ previous_response_id: 'resp_1' }, 'previous_response_id', 'nothing is stored here'],
    [{ conversation: 'conv_1' }, 'conversation', 'nothing is stored here'],
    [{ background: true }, 'background', 'wait for the reply'],
    [{ tools: [{ type: 'web_search' as const }] }, 'tools[0].type', 'web_search'],
    [{ input: [{ type: 'item_reference' as const, id: 'msg_1' }] }, 'input[0]', 'not stored'],
  ])('%o is refused by name, with the reason', async (field, param, why) => {
    const failed = client.responses.create({ model, input, ...field });
    await expect(failed).rejects.toMatchObject({ status: 400, param, code: 'parameter_refused' });
    await expect(failed).rejects.toThrow(why);
  });

  it('a field without effect is reported in the reply', async () => {
    server.script({ answer: saysText });
    const response = await client.responses.create({ model, input, store: true, text: { verbosity: 'low' } });
    const { warnings } = response as unknown as { warnings: string[] };
    expect(warnings.join()).toMatch(/`store`.*`text\.verbosity`/);
  });
});

describe('completions', () => {
  it('a prompt is one user message, and the text is returned', async () => {
    server.script({ answer: saysText });
    const completion = await client.completions.create({ model, prompt: [input], max_tokens: 40 });
    expect(completion).toMatchObject({
      object: 'text_completion',
      choices: [{ text, finish_reason: 'stop' }],
    });
    expect(completion.usage?.total_tokens).toBe(28);
    expect(server.calls[0]?.chat.messages).toEqual([{ role: 'user', content: input }]);
  });

  it('a stream ends with its finish reason, and with token counts on request', async () => {
    server.script({ answer: cutShort });
    const stream = await client.completions.create({
      model,
      prompt: input,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.map(({ choices }) => choices[0]?.text ?? '').join('')).toBe('Once upon');
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('length');
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 28 } });
  });

  it('an interrupted stream is an error to the client', async () => {
    server.script({ answer: saysText, error: interrupted });
    const stream = await client.completions.create({ model, prompt: input, stream: true });
    const read = async () => {
      for await (const chunk of stream) void chunk;
    };
    await expect(read()).rejects.toThrow('broke off');
  });

  it.each([
    [{ prompt: ['one', 'two'] }, 'prompt'],
    [{ prompt: [1, 2, 3] }, 'prompt'],
    [{ suffix: 'the end' }, 'suffix'],
    [{ logprobs: 2 }, 'logprobs'],
    [{ best_of: 3 }, 'best_of'],
    [{ n: 2 }, 'n'],
  ])('%o is refused by name', async (field, param) => {
    const failed = client.completions.create({ model, prompt: input, ...field });
    await expect(failed).rejects.toMatchObject({ status: 400, param });
  });

  it('reasoning, which a completion has no field for, is reported', async () => {
    server.script({ answer: answerOf({ reply: 'Hi', reasoning: 'Hm.' }) });
    const completion = await client.completions.create({ model, prompt: input });
    expect(JSON.stringify(completion)).toContain('reasoning was left out');
  });
});
