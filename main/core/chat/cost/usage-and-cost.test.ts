import { describe, expect, it } from 'vitest';
import { sharedChat, answerOf, chat, chatTo, dryRun, type Mode } from '../../__fixtures__/chat-core.ts';
import { pieces, whole } from '../../__fixtures__/provider-replies.ts';
import type { Reply } from '../../__fixtures__/provider-upstream.ts';
import { vendors, protocols, type Protocol } from '../../__fixtures__/protocols.ts';

const { openAi, azure, anthropic, gemini, ollama } = protocols;
const modes: Mode[] = ['json', 'stream'];
const plain = (protocol: Protocol, mode: Mode) =>
  mode === 'stream' && protocol.streams
    ? pieces(protocol.stream('one ', 'two'))
    : whole(protocol.reply('one two'));

/** USD for 11 input and 5 output tokens, by each vendor's price list. */
const lists: Record<string, [input: number, output: number] | null> = {
  openai_public: [0.15, 0.6],
  azure_openai: [0.5, 1.5],
  anthropic_public: [1, 5],
  google_gemini: [0.3, 2.5],
  // With OpenRouter's fee of 5.5 %.
  openrouter: [0.36 * 1.055, 0.4 * 1.055],
  ollama_default: null,
  lmstudio_local: null,
  studio_proxy: null,
};

const shared = sharedChat();

describe.each(vendors)('$provider', (protocol) => {
  it.each(modes)('tokens and cost, %s', async (mode) => {
    const { upstream, core } = shared;
    upstream.answer(plain(protocol, mode));
    const { answer, reported } = await chat(core, chatTo(protocol), mode);
    expect(answer?.usage).toMatchObject({ prompt_tokens: 11, completion_tokens: 5, total_tokens: 16 });
    expect(answer?.usage?.estimated).toBeUndefined();
    expect(answer?.data.usage).toEqual(answer?.usage);
    const list = lists[protocol.provider]!;
    if (list) {
      expect(answer?.cost).toMatchObject({ currency: 'USD', source: 'price_table' });
      expect(answer?.cost?.total).toBeCloseTo((11 * list[0] + 5 * list[1]) / 1e6, 10);
      expect(answer?.pricing_hint).toMatchObject({
        per: 1_000_000,
        currency: 'USD',
        source: expect.any(String),
        as_of: expect.any(String),
      });
      expect(answer?.pricing_hint?.input).toBeCloseTo(list[0], 9);
    } else {
      expect(answer).toMatchObject({ cost: { total: 0, source: 'free' }, pricing_hint: null });
    }
    if (mode === 'stream') expect(reported.events.at(-1)).toEqual({ event: 'usage', data: answer?.usage });
  });

  it.each(modes)(
    'where the provider reports no usage, our own count is used and marked as an estimate, %s',
    async (mode) => {
      const bare = protocol.reply('one two') as Record<string, unknown>;
      for (const field of ['usage', 'usageMetadata', 'prompt_eval_count', 'eval_count']) delete bare[field];
      const strip = (chunk: string) =>
        chunk.replace(/"(usage|usageMetadata)":\{[^}]*\},?|,"(prompt_eval_count|eval_count)":\d+/g, '');
      const streamed = protocol
        .stream('one ', 'two')
        .map(strip)
        .map((chunk) => chunk.replace(/,\}/g, '}'));
      const { upstream, core } = shared;
      upstream.answer(mode === 'stream' && protocol.streams ? pieces(streamed) : whole(bare));
      const { answer, reported, error } = await chat(core, chatTo(protocol), mode);
      expect(error).toBeUndefined();
      expect(answer?.usage).toMatchObject({ estimated: true });
      expect(answer?.usage?.prompt_tokens).toBeGreaterThan(5);
      expect(answer?.usage?.completion_tokens).toBeGreaterThan(0);
      if (lists[protocol.provider]) expect(answer?.cost).toMatchObject({ estimated: true });
      if (mode === 'stream') expect(reported.events.at(-1)).toEqual({ event: 'usage', data: answer?.usage });
    },
  );
});

describe('cached and reasoning tokens are reported', () => {
  const events = (...values: object[]) => pieces(values.map((value) => `data: ${JSON.stringify(value)}\n\n`));
  const openAiUsage = {
    prompt_tokens: 100,
    completion_tokens: 50,
    total_tokens: 150,
    prompt_tokens_details: { cached_tokens: 40 },
    completion_tokens_details: { reasoning_tokens: 30 },
  };
  const choices = [
    {
      index: 0,
      delta: { content: 'x' },
      message: { role: 'assistant', content: 'x' },
      finish_reason: 'stop',
    },
  ];
  const claude = {
    input_tokens: 50,
    cache_read_input_tokens: 40,
    cache_creation_input_tokens: 10,
    output_tokens: 50,
  };
  const google = {
    promptTokenCount: 100,
    candidatesTokenCount: 20,
    thoughtsTokenCount: 30,
    cachedContentTokenCount: 40,
    totalTokenCount: 150,
  };
  const candidates = [{ content: { parts: [{ text: 'x' }] }, finishReason: 'STOP' }];

  it.each<[string, Protocol, Mode, Reply, object]>([
    [
      'OpenAI',
      openAi,
      'json',
      whole({ choices, usage: openAiUsage }),
      { cached_tokens: 40, reasoning_tokens: 30 },
    ],
    [
      'OpenAI',
      openAi,
      'stream',
      events({ choices }, { choices: [], usage: openAiUsage }),
      { cached_tokens: 40, reasoning_tokens: 30 },
    ],
    [
      'OpenAI with the usage in its last chunk',
      openAi,
      'stream',
      events({ choices, usage: openAiUsage }),
      { cached_tokens: 40, reasoning_tokens: 30 },
    ],
    [
      'Azure',
      azure,
      'json',
      whole({ choices, usage: openAiUsage }),
      { cached_tokens: 40, reasoning_tokens: 30 },
    ],
    [
      'Claude',
      anthropic,
      'json',
      whole({
        type: 'message',
        content: [{ type: 'text', text: 'x' }],
        stop_reason: 'end_turn',
        usage: claude,
      }),
      { cached_tokens: 40, cache_write_tokens: 10 },
    ],
    [
      'Gemini',
      gemini,
      'json',
      whole({ candidates, usageMetadata: google }),
      { cached_tokens: 40, reasoning_tokens: 30 },
    ],
    [
      'Gemini',
      gemini,
      'stream',
      events({ candidates, usageMetadata: google }),
      { cached_tokens: 40, reasoning_tokens: 30 },
    ],
  ])('%s, %s', async (_, protocol, mode, reply, stored) => {
    const { upstream, core } = shared;
    upstream.answer(reply);
    const answer = await answerOf(core, chatTo(protocol), mode);
    expect(answer.usage).toEqual({ prompt_tokens: 100, completion_tokens: 50, total_tokens: 150, ...stored });
  });

  it('cached tokens cost less', async () => {
    const { upstream, core } = shared;
    upstream.answer(whole({ choices, usage: openAiUsage }));
    const answer = await answerOf(core, chatTo(openAi));
    expect(answer.cost?.total).toBeCloseTo((60 * 0.15 + 40 * 0.075 + 50 * 0.6) / 1e6, 10);
  });

  it.each([
    [
      'more cached than sent',
      { prompt_tokens: 3, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 50 } },
    ],
    ['negative', { prompt_tokens: -5, completion_tokens: 2 }],
    ['text', { prompt_tokens: '7', completion_tokens: '2' }],
    ['nothing', {}],
    ['null', null],
    ['fractions of a token', { prompt_tokens: 2.4, completion_tokens: 1.6 }],
  ])('invalid counts (%s) do not spoil a reply that was paid for', async (_, usage) => {
    const { upstream, core } = shared;
    upstream.answer(whole({ choices, usage }));
    const answer = await answerOf(core, chatTo(openAi));
    expect(answer.reply).toBe('x');
    expect(answer.usage?.prompt_tokens).toBeGreaterThanOrEqual(0);
    expect(answer.cost?.total).toBeGreaterThanOrEqual(0);
  });

  it.each([
    ['a word', 'ok', false],
    ['a long text', 'word '.repeat(400), true],
  ])(
    'a reported prompt count is billed, beside %s whose output was reported as 0',
    async (_, text, isCounted) => {
      const { upstream, core } = shared;
      const usage = {
        input_tokens: 0,
        cache_creation_input_tokens: 50_000,
        cache_read_input_tokens: 100_000,
        output_tokens: 0,
      };
      upstream.answer(whole({ ...(anthropic.reply(text) as object), usage }));
      const answer = await answerOf(core, chatTo(anthropic));
      // 1 USD per million tokens: cache writes cost 1.25 times that, cache reads a tenth.
      const prompt = (50_000 * 1.25 + 100_000 * 0.1) / 1e6;
      if (isCounted) expect(answer.cost?.total).toBeGreaterThan(prompt);
      else expect(answer.cost?.total).toBeCloseTo(prompt, 10);
      expect(answer.usage?.estimated ?? false).toBe(isCounted);
    },
  );
});

describe('the provider’s own cost', () => {
  const router = vendors.find(({ provider }) => provider === 'openrouter')!;

  it.each(modes)('a cost reported by OpenRouter is used, %s', async (mode) => {
    const usage = { prompt_tokens: 11, completion_tokens: 5, total_tokens: 16, cost: 0.00123 };
    const body = { ...(router.reply('x') as object), usage };
    const stream = router
      .stream('x')
      .map((chunk) => chunk.replace('"total_tokens":16', '"total_tokens":16,"cost":0.00123'));
    const { upstream, core } = shared;
    upstream.answer(mode === 'stream' ? pieces(stream) : whole(body));
    const answer = await answerOf(core, chatTo(router), mode);
    expect(answer.cost).toEqual({ total: 0.00123, currency: 'USD', source: 'provider' });
  });

  it('the same field from another vendor is ignored', async () => {
    const usage = { prompt_tokens: 11, completion_tokens: 5, cost: 0 };
    const { upstream, core } = shared;
    upstream.answer(whole({ ...(openAi.reply('x') as object), usage }));
    const answer = await answerOf(core, chatTo(openAi));
    expect(answer.cost).toMatchObject({ source: 'price_table' });
    expect(answer.cost?.total).toBeGreaterThan(0);
  });
});

describe('before the call', () => {
  it('the minimum is the prompt, the maximum is the longest reply', async () => {
    const { estimate } = await dryRun(shared.core, chatTo(openAi, { max_tokens: 1000 }));
    expect(estimate).toMatchObject({ max_completion_tokens: 1000, counted_by: 'gpt-tokenizer o200k' });
    expect(estimate.prompt_tokens).toBe(3 + 3 + 5);
    expect(estimate.cost?.min).toBeCloseTo((11 * 0.15) / 1e6, 12);
    const { plan } = await dryRun(shared.core, chatTo(openAi, { max_tokens: 1000 }));
    // A token has at least one byte, so the body's length bounds the prompt.
    expect(estimate.cost?.max).toBeCloseTo((plan.bytes * 0.15 + 1000 * 0.6) / 1e6, 12);
    expect(estimate.bound).toEqual({ usd: estimate.cost?.max, unbounded: [] });
    expect(estimate.price).toMatchObject({ matched: expect.any(String) });
  });

  it('tokens of another vendor’s model are estimated, and marked so', async () => {
    const { estimate } = await dryRun(shared.core, chatTo(anthropic));
    expect(estimate.counted_by).toContain('an estimate');
  });

  it('a long text without spaces is counted quickly', async () => {
    const messages = [{ role: 'user', content: 'x'.repeat(400_000) }];
    const { core } = shared;
    const started = performance.now();
    const { estimate } = await dryRun(core, chatTo(ollama, { messages }));
    expect(performance.now() - started).toBeLessThan(3000);
    expect(estimate.prompt_tokens).toBeGreaterThan(10_000);
  });
});
