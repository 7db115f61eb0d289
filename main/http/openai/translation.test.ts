import { describe, expect, it } from 'vitest';
import { pieces, whole } from '../../core/__fixtures__/provider-replies.ts';
import { startProvider } from '../../core/__fixtures__/provider-upstream.ts';
import { sse } from '../../core/__fixtures__/upstream.ts';
import { vendors, protocols } from '../../core/__fixtures__/protocols.ts';
import { chatCompletion, chatCompletionChunk } from '../../../contract/operations/openai.ts';
import { chunksIn, openAiServer, registryFile } from './__fixtures__/openai-server.ts';
import { toolReplies } from './__fixtures__/tool-replies.ts';

const { anthropic, gemini, ollama, proxy } = protocols;
const messages = [{ role: 'user', content: 'Say hello to Mira.' }];
const idOf = ({ provider, model }: { provider: string; model: string }) => `${provider}/${model}`;
const line = (value: unknown) => `${JSON.stringify(value)}\n`;
const usage = { prompt_tokens: 11, completion_tokens: 5, total_tokens: 16 };

describe.each([anthropic, gemini, ollama, proxy])('$provider', (protocol) => {
  it('a whole reply is a chat completion', async () => {
    const upstream = await startProvider(whole(protocol.reply('Hello, Mira.')));
    const { complete } = await openAiServer(upstream.url);
    const before = Math.floor(Date.now() / 1000);
    const reply = await complete({ model: idOf(protocol), messages });
    const body = chatCompletion.parse(reply.json());
    expect(body).toMatchObject({
      model: protocol.model,
      choices: [{ index: 0, message: { role: 'assistant', content: 'Hello, Mira.' } }],
      usage,
    });
    expect(body.id).toMatch(/^chatcmpl-\w{8,}$/);
    expect(body.created - before).toBeLessThan(60);
    expect(body.created).toBeGreaterThanOrEqual(before);
    expect(body).not.toHaveProperty('system_fingerprint');
    expect(body).not.toHaveProperty('request_id');
  });

  it('a stream is a role, deltas, one finish reason, one usage, and the end mark', async () => {
    const upstream = await startProvider(
      protocol.streams ? pieces(protocol.stream('Hello, ', 'Mira.')) : whole(protocol.reply('Hello, Mira.')),
    );
    const { complete } = await openAiServer(upstream.url);
    const { text } = await complete({
      model: idOf(protocol),
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    const { chunks, done } = chunksIn(text);
    const read = chunks.map((chunk) => chatCompletionChunk.parse(chunk));
    expect(done).toBe(true);
    expect(new Set(read.map(({ id, created, model }) => [id, created, model].join())).size).toBe(1);
    expect(read[0]?.choices).toEqual([
      { index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null },
    ]);
    expect(read.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe('Hello, Mira.');
    expect(read.at(-2)?.choices).toEqual([{ index: 0, delta: {}, finish_reason: 'stop' }]);
    expect(read.at(-1)).toMatchObject({ choices: [], usage });
    expect(read.slice(0, -1).map(({ usage }) => usage)).toEqual(Array(read.length - 1).fill(null));
  });

  it('a stream without requested usage has none', async () => {
    const upstream = await startProvider(
      protocol.streams ? pieces(protocol.stream('Hi')) : whole(protocol.reply('Hi')),
    );
    const { complete } = await openAiServer(upstream.url);
    const { chunks } = chunksIn((await complete({ model: idOf(protocol), messages, stream: true })).text);
    expect(chunks.filter((chunk) => 'usage' in chunk)).toEqual([]);
    expect(chunks.at(-1)).toMatchObject({ choices: [{ finish_reason: 'stop' }] });
  });
});

it.each(vendors.filter(({ streams }) => streams))(
  '$provider: an interrupted stream ends in an error, not in a normal end',
  async (protocol) => {
    const stream = protocol.stream('Once ', 'upon ');
    const upstream = await startProvider(
      pieces(stream.slice(0, 1 + stream.findIndex((part) => part.includes('upon'))), 'cut'),
    );
    const { complete } = await openAiServer(upstream.url);
    const { chunks, done } = chunksIn(
      (await complete({ model: idOf(protocol), messages, stream: true })).text,
    );
    expect(done).toBe(false);
    expect(chunks.at(-1)).toMatchObject({ error: { code: 'provider_interrupted', type: 'server_error' } });
    expect(JSON.stringify(chunks)).toContain('upon ');
  },
);

describe('tool calls', () => {
  it('are numbered from 0 in `tool_calls`, although other blocks came before them', async () => {
    const upstream = await startProvider(pieces(toolReplies.anthropic.stream));
    const { complete } = await openAiServer(upstream.url);
    const { chunks } = chunksIn((await complete({ model: idOf(anthropic), messages, stream: true })).text);
    const calls = chunks.flatMap(
      (chunk) => chatCompletionChunk.parse(chunk).choices[0]?.delta.tool_calls ?? [],
    );
    expect(calls[0]).toEqual({
      index: 0,
      id: 'toolu_a',
      type: 'function',
      function: { name: 'look_at', arguments: '' },
    });
    const texts = (at: number) =>
      calls
        .filter(({ index }) => index === at)
        .map((call) => (call['function'] as { arguments: string }).arguments)
        .join('');
    expect([texts(0), texts(1)]).toEqual(['{"place":"harbour"}', '{"place":"inn"}']);
    expect(chunks.at(-1)).toMatchObject({ choices: [{ finish_reason: 'tool_calls' }] });
  });

  it('without an id get one each, streaming or not, as a result must name its call', async () => {
    const call = (location: string) => ({ function: { name: 'look_at', arguments: { place: location } } });
    const upstream = await startProvider(
      whole({ reply: '', data: { tool_calls: [call('harbour'), call('inn')] } }),
    );
    const { complete } = await openAiServer(upstream.url);
    const [choice] = chatCompletion.parse((await complete({ model: idOf(proxy), messages })).json()).choices;
    expect(choice).toMatchObject({ finish_reason: 'tool_calls', message: { content: null } });
    const { chunks } = chunksIn((await complete({ model: idOf(proxy), messages, stream: true })).text);
    expect(chunks.at(-1)).toMatchObject({ choices: [{ finish_reason: 'tool_calls' }] });
    const streamed = chunks.flatMap(
      (chunk) => chatCompletionChunk.parse(chunk).choices[0]?.delta.tool_calls ?? [],
    );
    for (const calls of [choice?.message.tool_calls ?? [], streamed]) {
      const ids = calls.map((call) => String(call['id']));
      expect(ids).toHaveLength(2);
      expect(new Set(ids.filter((id) => /^call_\w{8,}$/.test(id))).size).toBe(2);
    }
  });

  it('have the thought signature that Gemini needs, and it is sent back', async () => {
    const part = {
      functionCall: { name: 'look_at', args: { place: 'inn' } },
      thoughtSignature: 'c2lnbmF0dXJl',
    };
    const reply = { candidates: [{ content: { role: 'model', parts: [part] }, finishReason: 'STOP' }] };
    const upstream = await startProvider(pieces([sse(reply)]), whole(gemini.reply('An inn.')));
    const { client } = await openAiServer(upstream.url);
    const model = idOf(gemini);
    const first = { role: 'user' as const, content: 'Look.' };
    const { choices } = await client.chat.completions
      .stream({ model, messages: [first] })
      .finalChatCompletion();
    const reported = choices[0]!.message;
    const result = {
      role: 'tool' as const,
      tool_call_id: reported.tool_calls![0]!.id,
      content: 'a quiet inn',
    };
    await client.chat.completions.create({ model, messages: [first, reported, result] });
    expect(JSON.stringify(upstream.exchanges[1]!.json()['contents'])).toContain('c2lnbmF0dXJl');
  });
});

it('reasoning is in reasoning_content, apart from the text', async () => {
  const reply = {
    type: 'message',
    role: 'assistant',
    content: [
      { type: 'thinking', thinking: 'She is shy.', signature: 'x' },
      { type: 'text', text: 'Hello.' },
    ],
    stop_reason: 'end_turn',
    usage: { input_tokens: 11, output_tokens: 5 },
  };
  const pieceOf = (thinking: string, done = false) =>
    line({
      message: { role: 'assistant', thinking, content: done ? 'Hello.' : '' },
      done,
      done_reason: done ? 'stop' : undefined,
    });
  const upstream = await startProvider(
    whole(reply),
    pieces([pieceOf('She is '), pieceOf('shy.'), pieceOf('', true)]),
  );
  const { complete } = await openAiServer(upstream.url);
  const one = await complete({ model: idOf(anthropic), messages });
  expect(one.json()['choices']).toMatchObject([
    { message: { content: 'Hello.', reasoning_content: 'She is shy.' } },
  ]);
  const { chunks } = chunksIn((await complete({ model: idOf(ollama), messages, stream: true })).text);
  const deltas = chunks.map((chunk) => chatCompletionChunk.parse(chunk).choices[0]?.delta);
  expect(deltas.map((delta) => delta?.reasoning_content ?? '').join('')).toBe('She is shy.');
  expect(deltas.map((delta) => delta?.content ?? '').join('')).toBe('Hello.');
});

it.each([
  ['max_tokens', 'length'],
  ['stop_sequence', 'stop'],
  ['something_new', 'stop'],
])('Anthropic’s %s becomes %s', async (stop_reason, finish_reason) => {
  const upstream = await startProvider(whole({ ...(anthropic.reply('Hello') as object), stop_reason }));
  const { complete } = await openAiServer(upstream.url);
  expect((await complete({ model: idOf(anthropic), messages })).json()['choices']).toMatchObject([
    { finish_reason },
  ]);
});

it('our own token counts are marked as estimates; cached and reasoning tokens are included', async () => {
  const { usage: _usage, ...uncounted } = anthropic.reply('Hello') as Record<string, unknown>;
  const counted = { input_tokens: 3, cache_read_input_tokens: 8, output_tokens: 5 };
  const upstream = await startProvider(whole(uncounted), whole({ ...uncounted, usage: counted }));
  const { complete } = await openAiServer(upstream.url);
  expect((await complete({ model: idOf(anthropic), messages })).json()['usage']).toMatchObject({
    estimated: true,
  });
  const reported = (await complete({ model: idOf(anthropic), messages })).json()['usage'];
  expect(reported).toMatchObject({ completion_tokens: 5, prompt_tokens_details: { cached_tokens: 8 } });
  expect(reported).not.toHaveProperty('estimated');
});

it('dropped parameters are named in a header, streaming or not', async () => {
  const upstream = await startProvider(whole(anthropic.reply('Hi')), pieces(anthropic.stream('Hi')));
  const { complete } = await openAiServer(upstream.url);
  for (const stream of [false, true]) {
    const { headers } = await complete({
      model: idOf(anthropic),
      messages,
      stream,
      logit_bias: { 50256: -100 },
      'größe\r\nx': 1,
    });
    expect(headers['x-comfyvn-dropped']).toMatch(/\blogit_bias\b/);
    expect(headers['x-comfyvn-dropped']).toContain('gr??e??x');
    expect(headers['x-comfyvn-provider']).toBe('anthropic_public');
  }
});

it('a repaired reply is returned repaired, as the client parses the text itself', async () => {
  const upstream = await startProvider(
    whole(ollama.reply('Sure!\n```json\n{"detected_language": "ja", "translation": "Hello",}\n```')),
  );
  const modules = { translate: { provider: ollama.provider, model: ollama.model } };
  const { complete } = await openAiServer(upstream.url, {
    env: { COMFYVN_LLM_REGISTRY: registryFile({ modules }) },
  });
  const { choices } = chatCompletion.parse((await complete({ model: 'module:translate', messages })).json());
  expect(JSON.parse(choices[0]!.message.content!)).toEqual({ detected_language: 'ja', translation: 'Hello' });
});
