import { beforeEach, describe, expect, it } from 'vitest';
import {
  sharedChat,
  answerOf,
  chat,
  chatCore,
  chatTo,
  errorOf,
  plantedKey,
  type Mode,
  failureIn,
} from '../../__fixtures__/chat-core.ts';
import { pieces, resetAtOnce, silence, whole } from '../../__fixtures__/provider-replies.ts';
import { startProvider, type Reply } from '../../__fixtures__/provider-upstream.ts';
import { protocols } from '../../__fixtures__/protocols.ts';

const { openAi, anthropic, gemini } = protocols;
const again = { 'retry-after': '0' };
const failing = (status: number) => whole(openAi.error('try again'), status, again);
const well = whole(openAi.reply('well'));
const modes: Mode[] = ['json', 'stream'];

const shared = sharedChat();

// One successful call, so that the previous test's failures do not leave a circuit open.
beforeEach(async () => {
  const { upstream, core } = shared;
  upstream.answer((exchange) =>
    whole(exchange.path === '/v1/messages' ? anthropic.reply('well') : openAi.reply('well'))(exchange),
  );
  await answerOf(core, chatTo(openAi));
  upstream.restart();
});

describe('which failures', () => {
  it.each([
    [undefined, 3],
    [0, 1],
    [1, 2],
    [5, 6],
  ])('retries: %s means %i calls, each reported as an attempt', async (retries, calls) => {
    const { upstream, core } = shared;
    upstream.answer(failing(503));
    const error = await errorOf(core, chatTo(openAi, { retries }));
    expect(error.code).toBe('provider_overloaded');
    expect(upstream.exchanges).toHaveLength(calls);
    const attempts = failureIn(error).attempts;
    expect(attempts.map(({ n, reason, status, code }) => ({ n, reason, status, code }))).toEqual(
      Array.from({ length: calls }, (_, i) => ({
        n: i + 1,
        reason: i === 0 ? 'first' : 'retry',
        status: 503,
        code: 'provider_overloaded',
      })),
    );
  });

  it.each([408, 429, 500, 502, 503, 504, 529])(
    'a %i is retried, and the answer lists the attempts',
    async (status) => {
      const { upstream, core } = shared;
      upstream.answer(failing(status), failing(status), well);
      const answer = await answerOf(core, chatTo(openAi));
      expect(answer.reply).toBe('well');
      expect(answer.attempts.map((a) => a.status)).toEqual([status, status, 200]);
      expect(answer.attempts.at(-1)).toMatchObject({ n: 3, reason: 'retry', code: null, cost: answer.cost });
      expect(new Set(upstream.exchanges.map(({ body }) => body.toString()))).toHaveProperty('size', 1);
    },
  );

  it.each([400, 401, 402, 403, 404, 409, 413, 422])(
    'a %i is not retried: the same request would fail again',
    async (status) => {
      const { upstream, core } = shared;
      upstream.answer(failing(status), well);
      await errorOf(core, chatTo(openAi));
      expect(upstream.exchanges).toHaveLength(1);
    },
  );

  it.each(modes)('a reset before the first token is retried, %s', async (mode) => {
    const { upstream, core } = shared;
    upstream.answer(resetAtOnce, mode === 'json' ? well : pieces(openAi.stream('well')));
    const answer = await answerOf(core, chatTo(openAi), mode);
    expect(answer.attempts.map((a) => a.code)).toEqual(['provider_interrupted', null]);
    expect(answer.attempts[1]!.waited_ms).toBeGreaterThan(0);
  });

  it('a refused connection is retried', async () => {
    const upstream = await startProvider();
    await upstream.close();
    const error = await errorOf(chatCore(upstream.url), chatTo(openAi, { retries: 1 }));
    expect(failureIn(error).attempts).toHaveLength(2);
  });

  it('a time-out is not retried: the caller has waited long enough', async () => {
    const { upstream, core } = shared;
    upstream.answer(silence);
    await core.ask('runtime.register', {
      id: 'impatient',
      provider: 'openai_public',
      metadata: { timeout: 0.1 },
    });
    const error = await errorOf(core, chatTo({ ...openAi, provider: 'impatient' }));
    expect(error.code).toBe('provider_timeout');
    expect(upstream.exchanges).toHaveLength(1);
  });

  it('an overload reported inside a 200 is retried before the first token', async () => {
    const overloaded =
      'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"busy"}}\n\n';
    const { upstream, core } = shared;
    upstream.answer(pieces([overloaded]), pieces(anthropic.stream('well')));
    const answer = await answerOf(core, chatTo(anthropic), 'stream');
    expect(answer.attempts.map((a) => a.code)).toEqual(['provider_overloaded', null]);
  }, 30_000);
});

describe('the wait', () => {
  const limited = (after: string): Reply => whole(openAi.error('slow down'), 429, { 'retry-after': after });

  it.each([
    ['seconds', () => '1'],
    ['a date', () => new Date(Date.now() + 2000).toUTCString()],
  ])('honours Retry-After in %s', async (_, after) => {
    const { upstream, core } = shared;
    upstream.answer((exchange) => limited(after())(exchange), well);
    const started = performance.now();
    const answer = await answerOf(core, chatTo(openAi));
    // A date has no fractions of a second.
    expect(performance.now() - started).toBeGreaterThan(500);
    expect(answer.attempts[1]!.waited_ms).toBeGreaterThan(500);
    expect(answer.attempts[1]!.waited_ms).toBeLessThan(2100);
  });

  it('honours Google’s retryDelay, which is in the body', async () => {
    const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '0.3s' }];
    const body = { error: { code: 429, message: 'quota', status: 'RESOURCE_EXHAUSTED', details } };
    const { upstream, core } = shared;
    upstream.answer(whole(body, 429), whole(gemini.reply('well')));
    const answer = await answerOf(core, chatTo(gemini));
    expect(answer.attempts[1]!.waited_ms).toBe(300);
  });

  it('above 30 s is left to the caller', async () => {
    const { upstream, core } = shared;
    upstream.answer(limited('31'), well);
    // Calls to one model share a wait, so another model is called.
    const error = await errorOf(core, { ...chatTo(openAi), model: 'gpt-4.1' });
    expect(error).toMatchObject({ code: 'provider_rate_limited', details: { retry_after_ms: 31_000 } });
    expect(upstream.exchanges).toHaveLength(1);
  });

  it('ends when the caller disconnects', async () => {
    const { upstream, core } = shared;
    upstream.answer(limited('20'), well);
    const leaving = new AbortController();
    const started = performance.now();
    const request = { ...chatTo(openAi), model: 'gpt-4o' };
    const waiting = chat(core, request, 'json', leaving.signal);
    await (
      await upstream.next()
    ).ended;
    leaving.abort();
    expect((await waiting).error?.code).toBe('cancelled');
    expect(performance.now() - started).toBeLessThan(5000);
    expect(upstream.exchanges).toHaveLength(1);
  });
});

describe('never after the first content', () => {
  const chunk = (delta: object) => `data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`;
  const tool = { tool_calls: [{ index: 0, id: 'call_1', function: { name: 'roll', arguments: '{"d' } }] };

  it.each([
    ['text', { content: 'Once ' }],
    ['a thought', { reasoning_content: 'The user ' }],
    ['a tool call', tool],
  ])('%s that the caller saw is not retried', async (_, delta) => {
    for (const ending of ['reset', 'cut'] as const) {
      const { upstream, core } = shared;
      upstream.restart(pieces([chunk(delta)], ending), pieces(openAi.stream('Twice')));
      const { error, reported } = await chat(core, chatTo(openAi), 'stream');
      expect(error?.code).toBe('provider_interrupted');
      expect(upstream.exchanges).toHaveLength(1);
      expect(reported.text()).not.toContain('Twice');
    }
  });

  it('a stream that broke before the first token is retried, and starts once', async () => {
    const { upstream, core } = shared;
    upstream.answer(
      pieces([chunk({ role: 'assistant', content: '' })], 'reset'),
      pieces(openAi.stream('Once')),
    );
    const { answer, reported } = await chat(core, chatTo(openAi), 'stream');
    expect(answer?.reply).toBe('Once');
    expect(reported.events.map(({ event }) => event)).toEqual(['start', 'delta', 'usage']);
  });
});

it.each(modes)(
  'a key that a provider repeats is redacted in every attempt, reply and part, %s',
  async (mode) => {
    const key = plantedKey(openAi.provider);
    const echo = `you sent ${key}`;
    const { upstream, core } = shared;
    upstream.answer(
      whole(openAi.error(echo), 500, again),
      mode === 'json'
        ? whole(openAi.reply(echo), 200, { 'x-echo': key })
        : pieces(openAi.stream(echo), 'end', { 'x-echo': key }),
    );
    const { answer, reported } = await chat(core, chatTo(openAi), mode);
    expect(answer?.attempts[0]!.message).toContain('you sent ••••');
    expect(answer?.reply).toBe(`you sent ••••${key.slice(-4)}`);
    expect(JSON.stringify([answer, reported.events])).not.toContain(key);

    upstream.answer(whole(openAi.error(echo), 401));
    const { error } = await chat(core, chatTo(openAi), mode);
    expect(error?.message).toContain('you sent ••••');
    expect(JSON.stringify(error)).not.toContain(key);
  },
);
