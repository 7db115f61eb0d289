import { LLMock } from '@copilotkit/aimock';
import { zodFunction } from 'openai/helpers/zod';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { vendors } from '../../core/__fixtures__/protocols.ts';
import { openAiServer } from './__fixtures__/openai-server.ts';

/** A third-party mock of every vendor's API behind our server, with OpenAI's own client in front. */
const mock = new LLMock({ port: 0, logLevel: 'silent' });

beforeAll(async () => {
  await mock.start();
  mock.on(
    { userMessage: 'Will it rain?', hasToolResult: false },
    {
      toolCalls: [{ id: 'call_w1', name: 'weather', arguments: '{"town":"Port Isaac"}' }],
      finishReason: 'tool_calls',
    },
  );
  mock.on({ userMessage: 'Will it rain?', hasToolResult: true }, { content: 'It will — “probably” ☔.' });
});
afterAll(() => mock.stop());

describe.each(vendors.filter(({ provider }) => provider !== 'studio_proxy'))(
  '$provider',
  ({ provider, model }) => {
    it.each([false, true])(
      'a tool call, its result and the answer work end to end; streamed: %s',
      async (stream) => {
        const { client } = await openAiServer(mock.url);
        const towns: string[] = [];
        const weather = zodFunction({
          name: 'weather',
          parameters: z.object({ town: z.string() }),
          function: ({ town }) => (towns.push(town), '{"rain":true}'),
        });
        const messages = [{ role: 'user' as const, content: 'Will it rain?' }];
        const ask = { model: `${provider}/${model}`, messages, tools: [weather] };
        const runner = stream
          ? client.chat.completions.runTools({ ...ask, stream: true })
          : client.chat.completions.runTools(ask);
        expect(await runner.finalContent()).toBe('It will — “probably” ☔.');
        expect(towns).toEqual(['Port Isaac']);
      },
    );
  },
);
