import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Message, Usage } from '../../../contract/chat.ts';
import { chat, chatCore, chatTo, plantedKey, type Mode } from '../__fixtures__/chat-core.ts';
import type { TestCore } from '../__fixtures__/test-core.ts';
import { vendors, protocols, type Protocol } from '../__fixtures__/protocols.ts';

/** A third-party mock of every vendor's API, over real sockets. */
const mock = new LLMock({ port: 0, logLevel: 'silent' });
const shared = {} as { core: TestCore };
const ends: (() => unknown)[] = [() => mock.stop()];
beforeAll(async () => {
  await mock.start();
  shared.core = chatCore(mock.url, { atEnd: (end) => void ends.push(end) });
});
beforeEach(() => void mock.reset());
afterAll(async () => {
  for (const end of ends.toReversed()) await end();
});

/** Token counts under each vendor's own field names, as the mock expects them. */
function usageIn({ provider }: Protocol, input: number, output: number) {
  if (provider === 'google_gemini')
    return { promptTokenCount: input, candidatesTokenCount: output, totalTokenCount: input + output };
  if (provider === 'anthropic_public') return { input_tokens: input, output_tokens: output };
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}

const modes: Mode[] = ['json', 'stream'];
const spoken = vendors.filter(({ provider }) => provider !== 'studio_proxy');
const weather = {
  type: 'function',
  function: {
    name: 'weather',
    description: 'Weather in a town',
    parameters: { type: 'object', properties: { town: { type: 'string' } } },
  },
};
/** Warnings that must be reported: as Ollama the mock always counts 0. */
function expectCounts(protocol: Protocol, usage: Usage | null, input: number, output: number): void {
  if (protocol.provider === 'ollama_default')
    expect(usage).toEqual({ prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 });
  else
    expect(usage).toMatchObject({
      prompt_tokens: input,
      completion_tokens: output,
      total_tokens: input + output,
    });
}

describe.each(spoken)('$provider', (protocol) => {
  it.each(modes)('a conversation of two turns and a tool call works end to end, %s', async (mode) => {
    // Its default FUNCTION_CALL is none of Gemini's finish reasons: a call ends in STOP.
    const asGoogle = protocol.provider === 'google_gemini' ? { finishReason: 'stop' } : {};
    mock.on(
      { userMessage: 'Who keeps the lighthouse?' },
      { content: 'Mira keeps it — since the “great” storm ☔.', usage: usageIn(protocol, 31, 12) },
    );
    mock.on(
      { userMessage: 'Will it rain?', hasToolResult: false },
      {
        toolCalls: [{ id: 'call_w1', name: 'weather', arguments: '{"town":"Port Isaac"}' }],
        usage: usageIn(protocol, 55, 9),
        ...asGoogle,
      },
    );
    mock.on(
      { userMessage: 'Will it rain?', hasToolResult: true },
      { content: 'It will.', usage: usageIn(protocol, 80, 4) },
    );
    const { core } = shared;
    const messages: Message[] = [{ role: 'system', content: 'You tell stories of the coast.' }];
    const say = async (content: string) => {
      messages.push({ role: 'user', content });
      return go();
    };
    const go = async () => {
      const { answer, error, reported } = await chat(
        core,
        chatTo(protocol, { messages, tools: [weather] }),
        mode,
      );
      if (!answer) throw new Error(`${error?.code}: ${error?.message}`);
      if (mode === 'stream') expect(reported.text()).toBe(answer.reply);
      const { tool_calls } = answer.data;
      messages.push({
        role: 'assistant',
        content: answer.reply || null,
        ...(tool_calls ? { tool_calls } : {}),
      });
      return answer;
    };

    const first = await say('Who keeps the lighthouse?');
    expect(first.reply).toBe('Mira keeps it — since the “great” storm ☔.');
    expect(first.data.finish_reason).toBe('stop');
    expectCounts(protocol, first.usage, 31, 12);

    const asked = await say('Will it rain?');
    expect(asked.data).toMatchObject({
      finish_reason: 'tool_calls',
      tool_calls: [{ type: 'function', function: { name: 'weather' } }],
    });
    expect(JSON.parse(asked.data.tool_calls![0]!.function.arguments)).toEqual({ town: 'Port Isaac' });
    expectCounts(protocol, asked.usage, 55, 9);

    messages.push({ role: 'tool', tool_call_id: asked.data.tool_calls![0]!.id, content: '{"rain":true}' });
    const last = await go();
    expect(last.reply).toBe('It will.');
    expectCounts(protocol, last.usage, 80, 4);

    const seen = mock.getRequests();
    expect(seen).toHaveLength(3);
    expect(JSON.stringify(seen.at(-1)?.body)).toContain('great');
    expect(JSON.stringify(seen)).not.toContain(plantedKey(protocol.provider));
  });
});

it.each(modes)('a request for JSON gets JSON, %s', async (mode) => {
  mock.on({ userMessage: 'Name one' }, { content: '{"name":"Mira"}' });
  const schema = {
    type: 'object',
    properties: { name: { type: 'string' } },
    required: ['name'],
    additionalProperties: false,
  };
  for (const protocol of [protocols.openAi, protocols.gemini, protocols.ollama]) {
    const input = chatTo(protocol, { schema, messages: [{ role: 'user', content: 'Name one' }] });
    expect((await chat(shared.core, input, mode)).answer?.data.json).toEqual({ name: 'Mira' });
  }
});

// After a 429 without Retry-After the panel waits, so all calls are sent at once.
it('an error of the mock keeps its message and gets our code, at every provider', async () => {
  mock.on(
    { userMessage: /.*/ },
    { error: { message: 'the tide is out', type: 'rate_limit_error' }, status: 429 },
  );
  await Promise.all(
    spoken.map(async (protocol) => {
      for (const mode of modes) {
        const { error } = await chat(shared.core, chatTo(protocol, { retries: 0 }), mode);
        const which = `${protocol.provider}, ${mode}`;
        expect(error, which).toMatchObject({
          code: 'provider_rate_limited',
          details: { upstream_status: 429 },
        });
        expect(error?.message, which).toContain('the tide is out');
      }
    }),
  );
});
