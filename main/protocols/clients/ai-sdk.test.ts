import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import {
  APICallError,
  generateText,
  jsonSchema,
  Output,
  stepCountIs,
  streamText,
  tool,
  type LanguageModel,
} from 'ai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  answerOf,
  calls,
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
} from '../__fixtures__/canned.ts';
import { startLoopback, type Loopback } from '../__fixtures__/loopback.ts';

// Turns off the SDK's warnings about unknown models.
globalThis.AI_SDK_LOG_WARNINGS = false;

let server: Loopback;
beforeEach(async () => {
  server = await startLoopback();
});
afterEach(() => server.close());

const id = 'some_provider/some-model';
const prompt = 'Where are we?';

const providers: [string, (url: string) => LanguageModel][] = [
  ['openai (responses)', (url) => createOpenAI({ baseURL: `${url}/v1`, apiKey: 'x' })(id)],
  ['anthropic', (url) => createAnthropic({ baseURL: `${url}/v1`, apiKey: 'x' })(id)],
];

describe.each(providers)('the AI SDK’s %s', (name, modelAt) => {
  it('reads a text and its token counts', async () => {
    server.script({ answer: saysText });
    const reply = await generateText({
      model: modelAt(server.url),
      prompt,
      system: 'Be brief.',
      temperature: 0.4,
    });
    expect(reply.text).toBe(text);
    expect(reply.finishReason).toBe('stop');
    expect(reply.usage).toMatchObject({ inputTokens: 20, outputTokens: 8 });
    expect(server.calls[0]?.chat.messages.map(({ role, content }) => [role, content])).toEqual([
      ['system', 'Be brief.'],
      ['user', prompt],
    ]);
  });

  it('reads a stream: reasoning, text, finish reason, cached and reasoning tokens', async () => {
    server.script({ answer: thinks });
    const reply = streamText({ model: modelAt(server.url), prompt });
    expect(await reply.text).toBe('Hello.');
    expect(await reply.reasoningText).toBe('She is shy.');
    expect(await reply.finishReason).toBe('stop');
    const usage = await reply.usage;
    expect(usage).toMatchObject({ inputTokens: 100, outputTokens: 50, cachedInputTokens: 60 });
    if (name !== 'anthropic') expect(usage.reasoningTokens).toBe(30);
  });

  it.each([false, true])('runs tools over several steps; streamed: %s', async (stream) => {
    server.script({ answer: callsTools }, { answer: saysText });
    const places: string[] = [];
    const look_at = tool({
      inputSchema: z.object({ place: z.string() }),
      execute: ({ place: location }) => (places.push(location), 'quiet'),
    });
    const ask = { model: modelAt(server.url), prompt, tools: { look_at }, stopWhen: stepCountIs(3) };
    const reported = stream ? await streamText(ask).text : (await generateText(ask)).text;
    expect(reported).toBe(text);
    expect(places).toEqual(['harbour', 'inn']);
    expect(server.calls[1]?.chat.messages.slice(1)).toEqual([
      { role: 'assistant', content: 'I look.', tool_calls: calls },
      { role: 'tool', tool_call_id: 'call_a', content: 'quiet' },
      { role: 'tool', tool_call_id: 'call_b', content: 'quiet' },
    ]);
  });

  it('reads an object of a schema', async () => {
    server.script({ answer: saysJson });
    const schema = z.object({ name: z.string(), age: z.number() });
    const reply = await generateText({
      model: modelAt(server.url),
      prompt,
      output: Output.object({ schema }),
    });
    expect(reply.output).toEqual(json);
  });

  it('sends an image', async () => {
    server.script({ answer: saysText });
    const image = Buffer.from(png, 'base64');
    const content = [
      { type: 'text' as const, text: prompt },
      { type: 'image' as const, image, mediaType: 'image/png' },
    ];
    await generateText({ model: modelAt(server.url), messages: [{ role: 'user', content }] });
    expect(JSON.stringify(server.calls[0]?.chat.messages[0]?.content)).toContain(
      `data:image/png;base64,${png}`,
    );
  });

  it('continues with the messages of an earlier reply', async () => {
    server.script({ answer: saysText });
    const first = await generateText({ model: modelAt(server.url), prompt });
    const messages = [{ role: 'user' as const, content: prompt }, ...first.response.messages];
    const next = [...messages, { role: 'user' as const, content: 'And now?' }];
    await generateText({ model: modelAt(server.url), messages: next });
    expect(server.calls[1]?.chat.messages).toEqual([
      { role: 'user', content: prompt },
      { role: 'assistant', content: text },
      { role: 'user', content: 'And now?' },
    ]);
  });

  it('recognises a reply that was truncated', async () => {
    server.script({ answer: cutShort });
    expect((await generateText({ model: modelAt(server.url), prompt })).finishReason).toBe('length');
  });

  it('does not retry what the provider refused', async () => {
    server.script({ error: providerError(400) });
    const failed: unknown = await generateText({ model: modelAt(server.url), prompt }).catch(
      (error: unknown) => error,
    );
    expect(failed).toBeInstanceOf(APICallError);
    expect(failed).toMatchObject({ statusCode: 400, isRetryable: false });
    expect((failed as APICallError).message).toContain('no such parameter');
    expect(server.requests).toBe(1);
  });

  it('recognises an interrupted stream', async () => {
    server.script({ answer: saysText, error: interrupted });
    const errors: unknown[] = [];
    const reply = streamText({
      model: modelAt(server.url),
      prompt,
      onError: ({ error }) => void errors.push(error),
    });
    await reply.consumeStream();
    expect(JSON.stringify(errors)).toContain('broke off');
  });
});

it('calls a tool without arguments with an empty object', async () => {
  const bare = { id: 'call_a', type: 'function' as const, function: { name: 'wait', arguments: '' } };
  const answer = answerOf({ tool_calls: [bare], finish_reason: 'tool_calls' });
  for (const [, modelAt] of providers) {
    server.script({ answer }, { answer: saysText });
    const inputs: unknown[] = [];
    const wait = tool({
      inputSchema: jsonSchema({ type: 'object', properties: {} }),
      execute: (input) => (inputs.push(input), 'ok'),
    });
    await generateText({ model: modelAt(server.url), prompt, tools: { wait }, stopWhen: stepCountIs(2) });
    expect(inputs).toEqual([{}]);
    server.close();
    server = await startLoopback();
  }
});

it('openai-compatible reads text completions, streaming or not', async () => {
  server.script({ answer: saysText });
  const model = createOpenAICompatible({
    name: 'panel',
    baseURL: `${server.url}/v1`,
    includeUsage: true,
  }).completionModel(id);
  expect((await generateText({ model, prompt })).text).toBe(text);
  const streamed = streamText({ model, prompt });
  expect(await streamed.text).toBe(text);
  expect(await streamed.usage).toMatchObject({ inputTokens: 20, outputTokens: 8 });
});
