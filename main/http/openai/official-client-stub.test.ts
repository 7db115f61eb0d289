import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { failure, openAiServer } from './__fixtures__/openai-server.ts';
import { lookAt } from './__fixtures__/tool-replies.ts';

const model = 'stub';
const asked = 'Say hello to Mira.';
const messages = [{ role: 'user' as const, content: asked }];

describe('stub', () => {
  it('is listed and answers the last user message without a network', async () => {
    const { client } = await openAiServer('http://127.0.0.1:9');
    expect((await client.models.list()).data.map(({ id }) => id)).toContain('stub');
    const completion = await client.chat.completions.create({ model, messages });
    expect(completion.choices[0]).toMatchObject({
      message: { content: asked, refusal: null },
      finish_reason: 'stop',
    });
    expect(completion.model).toBe('stub-echo');
  });

  it('streams', async () => {
    const { client } = await openAiServer('http://127.0.0.1:9');
    const runner = client.chat.completions.stream({
      model,
      messages,
      stream_options: { include_usage: true },
    });
    expect(await runner.finalContent()).toBe(asked);
    expect((await runner.totalUsage()).total_tokens).toBeGreaterThan(0);
  });

  it('accepts tools, and calls none', async () => {
    const { client } = await openAiServer('http://127.0.0.1:9');
    const { choices } = await client.chat.completions.create({ model, messages, tools: [lookAt] });
    expect(choices[0]?.message).toEqual({ role: 'assistant', content: asked, refusal: null });
  });

  it('generates JSON for the schema of a parse helper, streaming or not', async () => {
    const { client } = await openAiServer('http://127.0.0.1:9');
    const shape = z.object({ mood: z.enum(['glad', 'sad']), lines: z.array(z.string()).min(2) });
    const response_format = zodResponseFormat(shape, 'scene');
    const { choices } = await client.chat.completions.parse({ model, messages, response_format });
    expect(shape.parse(choices[0]?.message.parsed)).toEqual(choices[0]?.message.parsed);
    const streamed = await client.chat.completions
      .stream({ model, messages, response_format })
      .finalChatCompletion();
    expect(streamed.choices[0]?.message.parsed).toEqual(choices[0]?.message.parsed);
  });

  it('a request without messages throws an error that names the field', async () => {
    const { client } = await openAiServer('http://127.0.0.1:9');
    const error = await failure(client.chat.completions.create({ model, messages: [] }));
    expect(error).toBeInstanceOf(OpenAI.BadRequestError);
    expect(error).toMatchObject({
      status: 400,
      type: 'invalid_request_error',
      param: 'messages',
      code: 'invalid_request',
    });
  });
});
