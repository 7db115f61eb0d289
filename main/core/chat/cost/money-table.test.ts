import { describe, expect, it } from 'vitest';
import {
  chat,
  chatCore,
  chatTo,
  dryRun,
  sharedChat,
  telling,
  type Mode,
} from '../../__fixtures__/chat-core.ts';
import { cutBody, pieces, silence, whole } from '../../__fixtures__/provider-replies.ts';
import { startProvider, type Reply } from '../../__fixtures__/provider-upstream.ts';
import { testContext, type TestCore } from '../../__fixtures__/test-core.ts';
import { vendors, protocols, type Protocol } from '../../__fixtures__/protocols.ts';

const paid = vendors.filter(({ provider }) =>
  /openai_public|anthropic|gemini|openrouter|azure/.test(provider),
);
const maxTokens = 1200;
const env = { COMFYVN_LLM_DAILY_BUDGET_USD: '100', COMFYVN_LLM_CALL_BUDGET_USD: '5' };
const text = 'The lantern over the harbour gutters as Mika turns the page. '.repeat(20);
/** About as many tokens as any tokenizer counts for the text, and certainly no more. */
const textTokens = 240;

const ask = (protocol: Pick<Protocol, 'provider' | 'model'>, overrides: object = {}) =>
  chatTo(protocol, { max_tokens: maxTokens, retries: 0, ...overrides });

/** USD for so many tokens at the protocol's price. */
async function usd(core: TestCore, protocol: Protocol, prompt: number, completion: number): Promise<number> {
  const { estimate } = await dryRun(core, ask(protocol));
  const { input, output } = estimate.price!;
  return (prompt * input + completion * output) / 1e6;
}

const booked = async (core: TestCore) => {
  const { spent_today: spent, unknown_today: unknown, reserved } = await core.ask('budget.get');
  return { total: spent! + reserved!, unknown: unknown!, reserved: reserved! };
};

/**
 * What a provider may bill for a call with this ending: the whole request, the text that was sent, or
 * nothing.
 */
type Bill = 'all' | 'text' | 'none';
type Row = [name: string, modes: Mode[], bill: Bill, reply: (protocol: Protocol) => Reply];
/** Of a difference of sums. */
const rounding = 1e-12;
/** Long enough for an address or a key that was left alone to be tried again. */
const minutes = 10 * 60_000;
const both: Mode[] = ['json', 'stream'];

const rows: Row[] = [
  [
    'a reset before the headers',
    both,
    'all',
    () =>
      ({ socket }) =>
        void socket.resetAndDestroy(),
  ],
  ['a reset after the headers', both, 'all', () => pieces([], 'reset')],
  ['a stream that ends before its first word', ['stream'], 'all', () => pieces([], 'cut')],
  [
    'a body that is cut',
    ['json'],
    'all',
    (protocol) => cutBody(JSON.stringify(protocol.reply(text)).slice(0, 99), 'cut'),
  ],
  [
    'a body that is reset',
    ['json'],
    'all',
    (protocol) => cutBody(JSON.stringify(protocol.reply(text)).slice(0, 99), 'reset'),
  ],
  ['garbage with 200', both, 'all', () => whole('<html>oops')],
  ['an empty body with 200', both, 'all', () => whole('')],
  ["another vendor's JSON with 200", both, 'all', () => whole({ result: 'fine' })],
  ["a gateway's page", both, 'all', () => whole('<html>502 Bad Gateway</html>', 502)],
  ["a gateway's time limit", both, 'all', () => whole('upstream request timeout', 504)],
  ["a gateway's own JSON", both, 'all', () => whole({ message: 'The upstream server is timing out' }, 504)],
  ['an error without a body', both, 'all', () => whole('', 500)],
  ['an error envelope inside a 200', both, 'all', (protocol) => whole(protocol.error('no'))],
  [
    'an error as the first event of a stream',
    ['stream'],
    'all',
    (protocol) => pieces([protocol.errorEvent('no')]),
  ],
  [
    'a stream that is cut after its words',
    ['stream'],
    'text',
    (protocol) => pieces(untilText(protocol), 'cut'),
  ],
  [
    'a stream that is reset after its words',
    ['stream'],
    'text',
    (protocol) => pieces(untilText(protocol), 'reset'),
  ],
  [
    'an error event after its words',
    ['stream'],
    'text',
    (protocol) => pieces([...untilText(protocol), protocol.errorEvent('no')]),
  ],
  ['a refusal in its own words', both, 'none', (protocol) => whole(protocol.error('no'), 400)],
  [
    'too many requests, in its own words',
    both,
    'none',
    (protocol) => whole(protocol.error('slow down'), 429),
  ],
  ['an overload, in its own words', both, 'none', (protocol) => whole(protocol.error('overloaded'), 503)],
];

/** The events of a stream up to the text. */
function untilText(protocol: Protocol): string[] {
  const all = protocol.stream(text);
  return all.slice(0, all.findIndex((event) => event.includes('lantern')) + 1);
}

describe.each(paid)('$provider', (protocol) => {
  const cases = rows.flatMap(([name, modes, bill, reply]) =>
    modes.map((mode) => ({ name, mode, bill, reply: reply(protocol) })),
  );
  const shared = sharedChat({ env });
  /** What a call adds to the ledger, with the provider's reply to it. */
  async function bookedFor(mode: Mode, reply: Reply) {
    const { upstream, core } = shared;
    core.clock.advance(minutes);
    upstream.answer(reply);
    const before = await booked(core);
    const { answer, error } = await chat(core, ask(protocol), mode);
    const after = await booked(core);
    return { answer, error, total: after.total - before.total, reserved: after.reserved };
  }

  it.each(cases)(
    '$name, $mode: the ledger covers what may be billed ($bill)',
    async ({ mode, bill, reply }) => {
      const { total, reserved } = await bookedFor(mode, reply);
      const { upstream, core } = shared;
      expect(upstream.exchanges).toHaveLength(1);
      expect(reserved).toBe(0);
      if (bill === 'none') return expect(total).toBe(0);
      const max = await usd(core, protocol, 500, maxTokens);
      const least = (await usd(core, protocol, 8, bill === 'all' ? maxTokens : textTokens)) - rounding;
      expect(total).toBeGreaterThanOrEqual(least);
      return expect(total).toBeLessThanOrEqual(max);
    },
  );

  it.each(both)(
    'callers who disconnect at any moment, %s: the ledger covers what may be billed',
    async (mode) => {
      const upstream = await startProvider(async (exchange) => {
        await new Promise((resolve) => setTimeout(resolve, 30));
        await (mode === 'stream' ? pieces(protocol.stream(...text.split(' '))) : whole(protocol.reply(text)))(
          exchange,
        );
      });
      const core = chatCore(upstream.url, { env });
      const one = await usd(core, protocol, 8, 5);
      const all = Array.from({ length: 24 }, async (_, i) => {
        const context = testContext({ signal: AbortSignal.timeout(1 + i * 5) });
        const sent = mode === 'stream' ? 'chat.stream' : 'chat.send';
        await core.core.dispatcher.dispatch(
          sent,
          ask(protocol),
          context,
          mode === 'stream' ? telling() : undefined,
        );
      });
      await Promise.all(all);
      const { total, reserved } = await booked(core);
      expect(reserved).toBe(0);
      expect(total).toBeGreaterThanOrEqual(upstream.exchanges.length * one);
    },
  );

  const lies: [string, number | undefined, number | undefined][] = [
    ['nothing', undefined, undefined],
    ['zero', 0, 0],
    ['a negative count', -5_000_000, -5_000_000],
    ['one token', 1, 1],
    ['an absurd count', 1e300, 1e300],
    ['a count that is infinite', Infinity, 11],
  ];
  const reported = lies.flatMap(([name, prompt, completion]) =>
    both.map((mode) => ({ name, prompt, completion, mode })),
  );
  it.each(reported)(
    'a usage of $name, $mode: our own count is booked',
    async ({ prompt, completion, mode }) => {
      const lied = (body: string) => lying(body, prompt, completion);
      const { answer, error, total } = await bookedFor(
        mode,
        mode === 'stream'
          ? pieces(protocol.stream(text).map(lied))
          : whole(lied(JSON.stringify(protocol.reply(text)))),
      );
      expect(error).toBeUndefined();
      expect(answer?.usage?.estimated).toBe(true);
      const { core } = shared;
      // A prompt is counted differently by a few tokens, so one is believed.
      expect(total).toBeGreaterThanOrEqual(await usd(core, protocol, 1, textTokens));
      expect(total).toBeLessThanOrEqual(await usd(core, protocol, 500, maxTokens));
    },
  );
});

/** A reply with different counts; undefined removes them. JSON parses 1e999 as Infinity. */
function lying(body: string, prompt: number | undefined, completion: number | undefined): string {
  const as = (value: number | undefined) => (value === Infinity ? '1e999' : String(value));
  if (prompt === undefined || completion === undefined)
    return body.replaceAll(/"(usage|usageMetadata)":\{[^}]*\}/g, '"unrelated":{}');
  return body
    .replaceAll(/"(prompt_tokens|input_tokens|promptTokenCount)":\d+/g, `"$1":${as(prompt)}`)
    .replaceAll(/"(completion_tokens|output_tokens|candidatesTokenCount)":\d+/g, `"$1":${as(completion)}`)
    .replaceAll(/,"(total_tokens|totalTokenCount)":\d+/g, '');
}

it('a provider that times out, at every vendor and in both modes: the ledger covers what may be billed', async () => {
  const cases = paid.flatMap((protocol) => both.map((mode) => ({ protocol, mode })));
  await Promise.all(
    cases.map(async ({ protocol, mode }) => {
      const upstream = await startProvider(silence);
      const limit = { [`COMFYVN_LLM_${protocol.provider.toUpperCase()}_TIMEOUT`]: '1' };
      const core = chatCore(upstream.url, { env: { ...env, ...limit } });
      const { error } = await chat(core, ask(protocol), mode);
      const which = `${protocol.provider}, ${mode}`;
      expect(error?.code, which).toBe('provider_timeout');
      expect((await booked(core)).unknown, which).toBeGreaterThanOrEqual(
        await usd(core, protocol, 8, maxTokens),
      );
    }),
  );
});

describe('the cost that OpenRouter reports', () => {
  const router = vendors.find(({ provider }) => provider === 'openrouter')!;
  const costs: [string, object, (byPrice: number) => number][] = [
    ['a negative sum', { cost: -1000 }, (byPrice) => byPrice],
    ['an absurd sum', { cost: 1e300 }, (byPrice) => byPrice],
    ['an absurd negative sum', { cost: -1e300 }, (byPrice) => byPrice],
    ['nothing for a model with a price', { cost: 0 }, (byPrice) => byPrice],
    [
      'a fee, with a key of the user’s own at the upstream',
      { cost: 0.0001, is_byok: true, cost_details: { upstream_inference_cost: 0.02 } },
      () => 0.0201,
    ],
    [
      'nothing at the upstream of a key of the user’s own',
      { cost: 0, is_byok: true, cost_details: { upstream_inference_cost: null } },
      (byPrice) => byPrice,
    ],
    ['a sum above the bound', { cost: 0.03 }, () => 0.03],
  ];
  const cases = costs.flatMap(([name, usage, least]) => both.map((mode) => ({ name, usage, least, mode })));
  it.each(cases)('$name, $mode: at least the bill is booked', async ({ usage, least, mode }) => {
    const counts = { prompt_tokens: 11, completion_tokens: 300, total_tokens: 311, ...usage };
    const say = (body: string) => body.replace(/"usage":\{[^}]*\}/, `"usage":${JSON.stringify(counts)}`);
    const upstream = await startProvider(
      mode === 'stream'
        ? pieces(router.stream(text).map(say))
        : whole(say(JSON.stringify(router.reply(text)))),
    );
    const core = chatCore(upstream.url, { env });
    await chat(core, ask(router), mode);
    const { total } = await booked(core);
    expect(total).toBeGreaterThanOrEqual(least(await usd(core, router, 11, 300)) - 1e-9);
    expect(total).toBeLessThan(0.05);
  });
});

describe('costs that a reply does not show', () => {
  const bare = (protocol: Protocol) =>
    whole(lying(JSON.stringify(protocol.reply(text)), undefined, undefined));
  const boundOf = async (core: TestCore, input: object) => (await dryRun(core, input)).estimate.bound!.usd!;

  it.each([
    ['four replies, of which only one is read', { n: 4 }],
    ['a model that may reason without showing it', { model: 'gpt-5-mini', params: { reasoning: 'high' } }],
  ])('%s: without usage, the upper bound is booked', async (_, overrides) => {
    const upstream = await startProvider(bare(protocols.openAi));
    const core = chatCore(upstream.url, { env });
    const input = ask(protocols.openAi, {
      params: { ...(overrides as { params?: object }).params },
      ...overrides,
    });
    await chat(core, input);
    expect((await booked(core)).total).toBeCloseTo(await boundOf(core, input), 8);
  });

  it('an image in the prompt of an interrupted stream is booked at its maximum', async () => {
    const upstream = await startProvider(pieces(untilText(protocols.openAi), 'cut'));
    const core = chatCore(upstream.url, { env });
    const image = { type: 'image_url', image_url: { url: 'https://a.example/cg.png', detail: 'high' } };
    await chat(core, ask(protocols.openAi, { messages: [{ role: 'user', content: [image] }] }), 'stream');
    // 2,833 and 5,667 for each of 8 tiles.
    expect((await booked(core)).total).toBeGreaterThanOrEqual(
      await usd(core, protocols.openAi, 48_169, textTokens),
    );
  });

  it('a prompt set by provider_options is booked', async () => {
    const upstream = await startProvider(pieces(untilText(protocols.openAi), 'cut'));
    const core = chatCore(upstream.url, { env });
    const body = { messages: [{ role: 'user', content: 'word '.repeat(20_000) }] };
    await chat(core, ask(protocols.openAi, { provider_options: { body } }), 'stream');
    expect((await booked(core)).total).toBeGreaterThanOrEqual(
      await usd(core, protocols.openAi, 20_000, textTokens),
    );
  });

  it('a call billed for more than tokens is booked at its whole reservation', async () => {
    const upstream = await startProvider(whole(protocols.openAi.reply(text)));
    const core = chatCore(upstream.url, { env });
    const overrides = { max_cost_usd: 0.5, provider_options: { body: { web_search_options: {} } } };
    const { answer } = await chat(core, ask(protocols.openAi, overrides));
    expect((await booked(core)).total).toBeCloseTo(0.5, 9);
    expect(answer?.warnings).toContainEqual(expect.stringContaining('the whole reservation'));
  });

  it('a cap below the computed cost reserves the computed cost', async () => {
    const upstream = await startProvider(({ socket }) => void socket.resetAndDestroy());
    const core = chatCore(upstream.url, { env });
    const overrides = { max_cost_usd: 0.000001, provider_options: { body: { web_search_options: {} } } };
    await chat(core, ask(protocols.openAi, overrides));
    expect((await booked(core)).total).toBeGreaterThanOrEqual(
      await usd(core, protocols.openAi, 8, maxTokens),
    );
  });

  it('a caller who disconnects before the request is sent pays nothing', async () => {
    const upstream = await startProvider(whole(protocols.openAi.reply('x')));
    const core = chatCore(upstream.url, { env });
    const gone = { ...telling(), start: () => Promise.reject(new Error('the connection is closed')) };
    await core.core.dispatcher.dispatch('chat.stream', ask(protocols.openAi), testContext(), gone);
    expect(upstream.exchanges).toHaveLength(0);
    expect(await booked(core)).toEqual({ total: 0, unknown: 0, reserved: 0 });
  });
});
