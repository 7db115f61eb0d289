import { HumanMessage, ToolMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI, OpenAI } from '@langchain/openai';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import {
  calls,
  callsTools,
  json,
  providerError,
  saysJson,
  saysText,
  text,
  thinks,
} from '../__fixtures__/canned.ts';
import { startLoopback, type Loopback } from '../__fixtures__/loopback.ts';

let server: Loopback;
beforeEach(async () => {
  server = await startLoopback();
});
afterEach(() => server.close());

const model = 'some_provider/some-model';
const question = 'Where are we?';
const chat = (more: object = {}) =>
  new ChatOpenAI({
    model,
    apiKey: 'x',
    useResponsesApi: true,
    configuration: { baseURL: `${server.url}/v1` },
    ...more,
  });
const lookAt = tool(({ place: location }) => `quiet ${location}`, {
  name: 'look_at',
  schema: z.object({ place: z.string() }),
});

it('a text and its token counts are read', async () => {
  server.script({ answer: thinks });
  const reply = await chat().invoke(question);
  expect(reply.text).toBe('Hello.');
  expect(reply.usage_metadata).toMatchObject({
    input_tokens: 100,
    output_tokens: 50,
    input_token_details: { cache_read: 60 },
    output_token_details: { reasoning: 30 },
  });
});

it('a stream adds up to the text', async () => {
  server.script({ answer: saysText });
  let reported = '';
  for await (const chunk of await chat().stream(question)) reported += chunk.text;
  expect(reported).toBe(text);
});

it('tools are called, and their results sent back', async () => {
  server.script({ answer: callsTools }, { answer: saysText });
  const bound = chat().bindTools([lookAt]);
  const first = await bound.invoke([new HumanMessage(question)]);
  expect(first.tool_calls?.map(({ name, args }) => [name, args])).toEqual([
    ['look_at', { place: 'harbour' }],
    ['look_at', { place: 'inn' }],
  ]);
  const results = first.tool_calls!.map(({ id }) => new ToolMessage({ tool_call_id: id!, content: 'quiet' }));
  const second = await bound.invoke([new HumanMessage(question), first, ...results]);
  expect(second.text).toBe(text);
  expect(server.calls[1]?.chat.messages.slice(1)).toEqual([
    { role: 'assistant', content: 'I look.', tool_calls: calls },
    { role: 'tool', tool_call_id: 'call_a', content: 'quiet' },
    { role: 'tool', tool_call_id: 'call_b', content: 'quiet' },
  ]);
});

it('structured output is read', async () => {
  server.script({ answer: saysJson });
  const person = z.object({ name: z.string(), age: z.number() });
  expect(await chat().withStructuredOutput(person, { name: 'person' }).invoke(question)).toEqual(json);
});

it('a refused request is sent once, although LangChain retries by itself', async () => {
  server.script({ error: providerError(400) });
  await expect(chat({ maxRetries: 6 }).invoke(question)).rejects.toThrow('no such parameter');
  expect(server.requests).toBe(1);
});

it('a text completion is read', async () => {
  server.script({ answer: saysText });
  const llm = new OpenAI({
    model,
    apiKey: 'x',
    maxTokens: 40,
    configuration: { baseURL: `${server.url}/v1` },
  });
  expect(await llm.invoke(question)).toBe(text);
});
