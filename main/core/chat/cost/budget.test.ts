import { describe, expect, it } from 'vitest';
import {
  answerOf,
  chat,
  chatCore,
  chatTo,
  dryRun,
  errorOf,
  telling,
  failureIn,
} from '../../__fixtures__/chat-core.ts';
import { pieces, whole } from '../../__fixtures__/provider-replies.ts';
import { startProvider, type Reply } from '../../__fixtures__/provider-upstream.ts';
import { testContext } from '../../__fixtures__/test-core.ts';
import { protocols, type Protocol } from '../../__fixtures__/protocols.ts';

const { openAi, anthropic, ollama } = protocols;
const well = whole(openAi.reply('well'));
/** 2 USD per million input tokens, 8 USD per million output tokens. */
const dear = { ...openAi, model: 'gpt-4.1' };

/** A reply that reports its token usage. */
const billed = (prompt_tokens: number, completion_tokens: number): Reply => {
  const usage = { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
  return whole({ ...(openAi.reply('well') as object), usage });
};

describe('the limit per call', () => {
  it('a call that could cost more than 0.25 is refused, with both figures', async () => {
    const upstream = await startProvider(well);
    const error = await errorOf(chatCore(upstream.url), chatTo(dear, { max_tokens: 32_000 }));
    expect(error.code).toBe('budget_exceeded');
    expect(error.message).toContain('$0.25');
    expect(error.details).toMatchObject({ limit: 'call', limit_usd: 0.25 });
    expect(error.details?.['up_to_usd']).toBeCloseTo(0.256, 2);
    expect(upstream.open()).toBe(0);
  });

  it('without a token limit, a call is judged by the model’s maximum output', async () => {
    const upstream = await startProvider(well);
    const core = chatCore(upstream.url, { env: { COMFYVN_LLM_CALL_BUDGET_USD: '0.009' } });
    // gpt-4o-mini writes at most 16,384 tokens, at 0.60 USD per million.
    expect((await errorOf(core, chatTo(openAi))).code).toBe('budget_exceeded');
    expect((await answerOf(core, chatTo(openAi, { max_tokens: 1000 }))).reply).toBe('well');
  });

  it.each([
    ['-1', { max_tokens: -1 }],
    ['0', { max_tokens: 0 }],
    ['a huge negative', { max_tokens: -1e12 }],
    ['null', { max_tokens: null }],
    ['a text', { max_tokens: '10' }],
    ['n', { max_tokens: 100, n: 100_000 }],
  ])('%s in the final body does not bypass the limit', async (_, body) => {
    const upstream = await startProvider(well);
    const core = chatCore(upstream.url, { env: { COMFYVN_LLM_CALL_BUDGET_USD: '0.009' } });
    expect((await errorOf(core, chatTo(openAi, { provider_options: { body } }))).code).toBe(
      'budget_exceeded',
    );
    expect(upstream.open()).toBe(0);
  });

  it('a long prompt counts by its bytes', async () => {
    const upstream = await startProvider(well);
    const messages = [{ role: 'user', content: 'é'.repeat(100_000) }];
    const error = await errorOf(chatCore(upstream.url), chatTo(dear, { max_tokens: 1, messages }));
    expect(error.details).toMatchObject({ limit: 'call' });
    expect(error.details?.['up_to_usd']).toBeGreaterThan(0.4);
    expect(upstream.open()).toBe(0);
  });

  it('a call that never leaves the machine costs nothing, whatever the limits', async () => {
    const upstream = await startProvider(whole(ollama.reply('free')));
    const env = { COMFYVN_LLM_DAILY_BUDGET_USD: '0', COMFYVN_LLM_CALL_BUDGET_USD: '0' };
    const answer = await answerOf(chatCore(upstream.url, { env }), chatTo(ollama));
    expect(answer.cost).toEqual({ total: 0, currency: 'USD', source: 'free' });
  });

  it('an unreadable limit leaves the default in force', async () => {
    const core = chatCore('http://127.0.0.1:9', { env: { COMFYVN_LLM_CALL_BUDGET_USD: 'plenty' } });
    expect((await errorOf(core, chatTo(dear, { max_tokens: 32_000 }))).details).toMatchObject({
      limit_usd: 0.25,
    });
  });
});

describe('the daily limit', () => {
  const env = { COMFYVN_LLM_DAILY_BUDGET_USD: '0.05', COMFYVN_LLM_CALL_BUDGET_USD: '0.05' };
  const oneCent = { max_tokens: 1200 };

  it('counts the actual cost of finished calls, not their maximum', async () => {
    const upstream = await startProvider(billed(11, 5));
    const core = chatCore(upstream.url, { env });
    for (let i = 0; i < 8; i++)
      expect((await answerOf(core, chatTo(dear, oneCent))).cost?.total).toBeCloseTo(62e-6, 12);
  });

  it('refuses calls once it is spent, and resets at midnight', async () => {
    const upstream = await startProvider(billed(1000, 5000));
    const core = chatCore(upstream.url, { env, now: '2026-11-22T23:59:00Z' });
    expect((await answerOf(core, chatTo(dear, oneCent))).cost?.total).toBeCloseTo(0.042, 9);
    const error = await errorOf(core, chatTo(dear, oneCent));
    expect(error).toMatchObject({ code: 'budget_exceeded', details: { limit: 'daily', limit_usd: 0.05 } });
    expect(error.details?.['spent_usd']).toBeCloseTo(0.042, 9);
    expect(upstream.exchanges).toHaveLength(1);
    core.clock.advance(60_000);
    expect((await answerOf(core, chatTo(dear, oneCent))).reply).toBe('well');
  });

  it('a call that ends after midnight does not change the new day’s total', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const upstream = await startProvider(
      async (exchange) => {
        await held;
        await billed(1000, 10)(exchange);
      },
      billed(1000, 5000),
    );
    const core = chatCore(upstream.url, { env, now: '2026-11-22T23:59:00Z' });
    const late = answerOf(core, chatTo(dear, oneCent));
    await upstream.next();
    core.clock.advance(60_000);
    await answerOf(core, chatTo(dear, oneCent));
    release();
    await late;
    expect((await errorOf(core, chatTo(dear, oneCent))).details).toMatchObject({ limit: 'daily' });
  });

  it('fifty concurrent calls cannot exceed it together', async () => {
    // Each call could cost 0.0099, so five fit.
    const upstream = await startProvider(billed(11, 1200));
    const core = chatCore(upstream.url, { env });
    const all = await Promise.all(Array.from({ length: 50 }, () => chat(core, chatTo(dear, oneCent))));
    const refused = all.filter(({ error }) => error?.code === 'budget_exceeded');
    const spent = all.reduce((sum, { answer }) => sum + (answer?.cost?.total ?? 0), 0);
    expect(refused.length + upstream.exchanges.length).toBe(50);
    expect(upstream.exchanges.length).toBeGreaterThan(0);
    expect(upstream.exchanges.length).toBeLessThanOrEqual(5);
    expect(spent).toBeLessThanOrEqual(0.05);
  });

  it('a call that the provider refuses is released', async () => {
    const upstream = await startProvider(whole(openAi.error('no'), 400));
    const core = chatCore(upstream.url, { env });
    for (let i = 0; i < 7; i++) {
      const error = await errorOf(core, chatTo(dear, { ...oneCent, retries: 0 }));
      expect(failureIn(error).attempts).toMatchObject([{ charge: 'none', cost: null }]);
    }
    expect(await core.ask('budget.get')).toMatchObject({ spent_today: 0, unknown_today: 0, reserved: 0 });
  });

  const maybeBilled: [string, Reply][] = [
    ['a reset before the first byte', ({ socket }) => void socket.resetAndDestroy()],
    ['a gateway’s HTML page', whole('<html>502 Bad Gateway</html>', 502)],
    ['an error without a body', whole('', 500)],
    ["a gateway's own JSON", whole({ message: 'An invalid response was received' }, 502)],
    ['an HTML page with 200', whole('<html>oops')],
    ['an error inside a 200', whole(openAi.error('no'), 200)],
    [
      'a truncated reply',
      ({ socket }) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{"id"'),
    ],
  ];
  it.each(maybeBilled)('%s is charged at its upper bound, and is listed as unknown', async (_, reply) => {
    const upstream = await startProvider(reply);
    const core = chatCore(upstream.url, { env });
    const codes = [];
    for (let i = 0; i < 7; i++)
      codes.push((await errorOf(core, chatTo(dear, { ...oneCent, retries: 0 }))).code);
    expect(codes.filter((code) => code === 'budget_exceeded')).toHaveLength(2);
    const { budget, unknown } = await core.ask('spend.get', {});
    expect(unknown).toHaveLength(5);
    expect(unknown[0]).toMatchObject({ provider: 'openai_public', model: 'gpt-4.1' });
    expect(budget.spent_today).toBeCloseTo(5 * (unknown[0]?.bound_usd ?? 0), 9);
    expect(budget.unknown_today).toBeCloseTo(budget.spent_today ?? 0, 9);
  });

  it('a retry reserves its own cost; the first attempt’s possible cost stays reserved', async () => {
    let n = 0;
    const upstream = await startProvider((exchange) =>
      n++ === 0 ? void exchange.socket.resetAndDestroy() : billed(11, 100)(exchange),
    );
    const core = chatCore(upstream.url, { env });
    const answer = await answerOf(core, chatTo(dear, { ...oneCent, retries: 1 }));
    expect(answer.attempts).toMatchObject([{ charge: 'unknown' }, { charge: 'settled' }]);
    const { unknown_today: unknown, spent_today: spent } = await core.ask('budget.get');
    expect(unknown).toBeGreaterThan(0.0096);
    expect(spent).toBeCloseTo((unknown ?? 0) + (answer.cost?.total ?? 0), 9);
  });

  it('a caller who disconnects from a non-streaming call is charged the upper bound', async () => {
    const upstream = await startProvider(() => {});
    const core = chatCore(upstream.url, { env });
    for (let i = 0; i < 5; i++) {
      const leaving = new AbortController();
      const { signal } = leaving;
      const done = core.core.dispatcher.dispatch('chat.send', chatTo(dear, oneCent), testContext({ signal }));
      await upstream.next();
      leaving.abort();
      expect(await done).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    }
    expect((await errorOf(core, chatTo(dear, oneCent))).code).toBe('budget_exceeded');
  });

  it('an unknown call can be settled by hand, at any amount up to its bound', async () => {
    const upstream = await startProvider(({ socket }) => void socket.resetAndDestroy());
    const core = chatCore(upstream.url, { env });
    await errorOf(core, chatTo(dear, { ...oneCent, retries: 0 }));
    const [entry] = (await core.ask('spend.get', {})).unknown;
    const { id, bound_usd: bound } = entry!;
    expect((await core.refusal('spend.settle', { id, usd: bound * 2 })).code).toBe('invalid_request');
    expect((await core.refusal('spend.settle', { id: 'nobody', usd: 0 })).code).toBe('not_found');
    expect((await core.ask('spend.settle', { id, usd: 0.001 })).budget).toMatchObject({
      spent_today: 0.001,
      unknown_today: 0,
    });
    expect((await core.ask('spend.get', {})).unknown).toEqual([]);
  });
});

describe('the received part of a broken reply is paid for', () => {
  const env = { COMFYVN_LLM_DAILY_BUDGET_USD: '0.012', COMFYVN_LLM_CALL_BUDGET_USD: '0.012' };
  const text = 'Once upon a time there was a lighthouse. '.repeat(20);
  const input = (protocol: Protocol) => chatTo(protocol, { max_tokens: 1200, retries: 0 });
  const spentBy = async (core: ReturnType<typeof chatCore>) => {
    const { details } = await errorOf(core, chatTo(dear, { max_tokens: 1450 }));
    return details?.['spent_usd'] as number;
  };

  it('an interrupted stream is settled with an estimate, marked as one', async () => {
    const upstream = await startProvider(pieces(openAi.stream(text).slice(0, 2), 'cut'));
    const core = chatCore(upstream.url, { env });
    const error = await errorOf(core, input(dear), 'stream');
    const [attempt] = failureIn(error).attempts;
    expect(attempt!.cost).toMatchObject({ estimated: true, source: 'price_table' });
    expect(attempt!.cost!.total).toBeGreaterThan(0.001);
    expect(await spentBy(core)).toBeCloseTo(attempt!.cost!.total, 9);
  });

  it('an interrupted Claude stream costs more than the one token counted at its start', async () => {
    const upstream = await startProvider(pieces(anthropic.stream(text).slice(0, 4), 'cut'));
    const core = chatCore(upstream.url);
    const error = await errorOf(core, input(anthropic), 'stream');
    const [attempt] = failureIn(error).attempts;
    // More than 180 tokens at 5 USD per million.
    expect(attempt!.cost!.total).toBeGreaterThan(180 * 5e-6);
  });

  it('a caller who disconnects pays for the text so far', async () => {
    const upstream = await startProvider(pieces(openAi.stream(text).slice(0, 2), 'hang'));
    const test = chatCore(upstream.url, { env });
    const leaving = new AbortController();
    const reported = telling(() => leaving.abort());
    const { signal } = leaving;
    const envelope = await test.core.dispatcher.dispatch(
      'chat.stream',
      input(dear),
      testContext({ signal }),
      reported,
    );
    expect(envelope).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(await spentBy(test)).toBeGreaterThan(0.001);
  });

  it('an estimate never exceeds the reservation', async () => {
    const upstream = await startProvider(pieces(openAi.stream(text.repeat(200)).slice(0, 2), 'cut'));
    const core = chatCore(upstream.url, { env });
    const error = await errorOf(core, input(dear), 'stream');
    const [attempt] = failureIn(error).attempts;
    expect(attempt!.cost!.total).toBeLessThanOrEqual(0.012);
  });

  it('a refusal that the provider bills is booked', async () => {
    const refused = {
      ...(openAi.reply('') as object),
      choices: [{ message: { refusal: 'I cannot' }, finish_reason: 'stop' }],
    };
    const upstream = await startProvider(whole(refused));
    const error = await errorOf(chatCore(upstream.url), chatTo(dear));
    expect(error.code).toBe('content_filtered');
    expect(error.details?.['attempts']).toMatchObject([{ cost: { total: expect.closeTo(62e-6, 12) } }]);
  });
});

describe('a model without a known price', () => {
  const unknown = { provider: 'openrouter', model: 'nobody/ever-heard-of-it' };

  it('is refused while a budget is set, and its cost is null, never 0', async () => {
    const upstream = await startProvider(well);
    const core = chatCore(upstream.url);
    const error = await errorOf(core, chatTo(unknown));
    expect(error).toMatchObject({ code: 'price_unknown', details: { provider: 'openrouter' } });
    expect(error.message).toContain('allow_unknown_price');
    expect(upstream.open()).toBe(0);
    expect((await dryRun(core, chatTo(unknown))).estimate).toMatchObject({ cost: null, price: null });
  });

  it('is allowed by the provider’s setting', async () => {
    const upstream = await startProvider(well);
    const core = chatCore(upstream.url);
    const metadata = { settings: { allow_unknown_price: true } };
    await core.ask('runtime.register', { id: 'bold', provider: 'openrouter', metadata });
    const answer = await answerOf(core, chatTo({ ...unknown, provider: 'bold' }));
    expect(answer).toMatchObject({ reply: 'well', cost: null, pricing_hint: null });
  });
});
