import { setImmediate as tick } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf, chat, chatCore, chatTo, type Mode, failureIn } from '../__fixtures__/chat-core.ts';
import { faults, hangs, type Fault } from '../__fixtures__/faults.ts';
import { burst, pieces, whole } from '../__fixtures__/provider-replies.ts';
import { startProvider } from '../__fixtures__/provider-upstream.ts';
import { wires } from '../__fixtures__/wires.ts';
import { errorStatus } from '../../../contract/errors.ts';

/** No fault but a hang may take longer, on a busy machine too. */
const soonMs = 3000;
const modes: Mode[] = ['json', 'stream'];

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => void process.off('unhandledRejection', note));

const codeFor = ({ code }: Fault, mode: Mode) => (typeof code === 'string' ? code : code[mode]);

describe.each(Object.values(wires))('$provider', (wire) => {
  const table = faults.flatMap((fault) =>
    modes.flatMap((mode) => {
      const code = codeFor(fault, wire.streams ? mode : 'json');
      return code ? [{ ...fault, mode, code }] : [];
    }),
  );

  it.each(table)(
    "$name, $mode: $code in the provider's words, nothing left behind",
    async ({ mode, code, reply, ...fault }) => {
      const upstream = await startProvider(reply(wire, mode));
      const core = chatCore(upstream.url);
      const started = performance.now();
      const { error } = await chat(core, chatTo(wire, { retries: 0 }), mode);
      const took = performance.now() - started;

      expect(error?.code).toBe(code);
      expect(errorStatus[code]).toBe(code === 'provider_timeout' ? 504 : 502);
      const details = failureIn(error);
      expect(details).toMatchObject({ provider: wire.provider, model: wire.model, ...fault.details });
      expect(details.upstream_status).toBe(fault.status ?? details.upstream_status);
      expect(details.attempts).toHaveLength(1);
      expect(details.attempts[0]).toMatchObject({
        n: 1,
        provider: wire.provider,
        model: wire.model,
        reason: 'first',
        code,
      });
      if (fault.words) expect(`${details.upstream_message}\n${details.upstream_body}`).toContain(fault.words);
      expect(error?.message).toContain(wire.provider);
      expect(took).toBeLessThan(soonMs);

      await upstream.idle();
      upstream.answer(
        wire.streams && mode === 'stream'
          ? pieces(wire.stream('well ', 'again'))
          : whole(wire.reply('well again')),
      );
      expect((await answerOf(core, chatTo(wire, { retries: 0 }), mode)).reply).toBe('well again');
      expect(upstream.exchanges).toHaveLength(2);
      await tick();
      expect(unhandled).toEqual([]);
    },
  );

  it.each(modes)('a refused connection, %s: provider_unreachable, with what to look at', async (mode) => {
    const upstream = await startProvider();
    await upstream.close();
    const core = chatCore(upstream.url);
    const { error } = await chat(core, chatTo(wire, { retries: 0 }), mode);
    expect(error?.code).toBe('provider_unreachable');
    expect(error?.details).toMatchObject({ upstream_code: 'ECONNREFUSED', upstream_status: null });
    expect(error?.details?.['hint']).toContain(upstream.url);
  });

  it.each(modes)(
    'a redirect to another origin, %s: not followed, and the key does not go there',
    async (mode) => {
      const elsewhere = await startProvider(whole(wire.reply('stolen')));
      const upstream = await startProvider(whole('', 307, { location: `${elsewhere.url}/v1` }));
      const core = chatCore(upstream.url);
      const { error } = await chat(core, chatTo(wire, { retries: 2 }), mode);
      expect(error?.code).toBe('provider_error');
      expect(error?.message).toContain(`redirected to ${elsewhere.url}/v1`);
      expect(upstream.exchanges).toHaveLength(1);
      expect(elsewhere.exchanges).toHaveLength(0);
      expect(elsewhere.open()).toBe(0);
    },
  );

  it.each(modes)('a whole reply of 5 MB, %s: arrives', async (mode) => {
    const text = 'ü'.repeat(5 * 1024 * 512);
    const parts = Array.from({ length: 40 }, (_, i) =>
      text.slice((i * text.length) / 40, ((i + 1) * text.length) / 40),
    );
    const upstream = await startProvider(
      wire.streams && mode === 'stream' ? pieces(wire.stream(...parts)) : whole(wire.reply(text)),
    );
    const { answer, error } = await chat(chatCore(upstream.url), chatTo(wire), mode);
    expect(error).toBeUndefined();
    expect(answer?.reply === text).toBe(true);
  });

  it.each(modes)('a reply in 10,000 tiny chunks, %s: arrives', async (mode) => {
    const words = Array.from({ length: 10_000 }, (_, i) => `${i} `);
    const body = JSON.stringify(wire.reply(words.join('')));
    const streamed = wire.streams && mode === 'stream';
    const bytes = streamed ? wire.stream(...words) : body.match(/.{1,6}/gs)!;
    const upstream = await startProvider(
      burst(bytes, streamed ? {} : { 'content-type': 'application/json' }),
    );
    const { answer, told } = await chat(chatCore(upstream.url), chatTo(wire), mode);
    expect(answer?.reply).toBe(words.join(''));
    if (streamed) expect(told.events.filter(({ event }) => event === 'delta')).toHaveLength(10_000);
  });
});

it('all of them in a row leave no socket behind', async () => {
  const { openAi } = wires;
  const upstream = await startProvider();
  const core = chatCore(upstream.url);
  for (const fault of faults) {
    for (const mode of modes) {
      upstream.answer(fault.reply(openAi, mode));
      await chat(core, chatTo(openAi, { retries: 0 }), mode);
      await upstream.idle();
      upstream.answer(whole(openAi.reply('well')));
      expect((await answerOf(core, chatTo(openAi))).reply).toBe('well');
    }
  }
  expect(upstream.exchanges.length).toBeGreaterThan(60);
  // What may stay open is the pool's.
  await expect.poll(() => upstream.open()).toBeLessThanOrEqual(2);
  expect(unhandled).toEqual([]);
});

it('a provider that hangs, before its reply or in it, holds no caller longer than the time-out', async () => {
  const timeoutMs = 200;
  const cases = Object.values(wires).flatMap((wire) =>
    hangs.flatMap((hang) => modes.map((mode) => ({ wire, hang, mode }))),
  );
  const upstream = await startProvider((exchange) => {
    const { wire, hang, mode } = cases[Number(exchange.headers['x-case'])]!;
    return hang.reply(wire, mode)(exchange);
  });
  const core = chatCore(upstream.url, { env: { COMFYVN_LLM_DEFAULT_TIMEOUT: String(timeoutMs / 1000) } });
  const started = performance.now();
  const ended = await Promise.all(
    cases.map(async ({ wire, hang, mode }, i) => {
      const headers = { 'x-case': String(i) };
      const { error } = await chat(core, chatTo(wire, { provider_options: { headers } }), mode);
      const { attempts, hint } = failureIn(error);
      return `${wire.provider}, ${hang.name}, ${mode}: ${error?.code}, ${attempts.length} attempt, ${hint?.includes('_TIMEOUT')}`;
    }),
  );
  const took = performance.now() - started;
  expect(ended).toEqual(
    cases.map(
      ({ wire, hang, mode }) => `${wire.provider}, ${hang.name}, ${mode}: provider_timeout, 1 attempt, true`,
    ),
  );
  // undici's timers tick twice a second.
  expect(took).toBeGreaterThan(timeoutMs);
  expect(took).toBeLessThan(timeoutMs + soonMs);
  await upstream.idle();
  upstream.answer(whole(wires.openAi.reply('well again')));
  expect((await answerOf(core, chatTo(wires.openAi))).reply).toBe('well again');
  expect(unhandled).toEqual([]);
});

it('characters cut in two by the network come out whole', async () => {
  const bytes = Buffer.from(wires.openAi.stream('日本語のテキスト 🎭').join(''));
  const upstream = await startProvider(pieces(Array.from(bytes, (byte) => Buffer.from([byte]))));
  const answer = await answerOf(chatCore(upstream.url), chatTo(wires.openAi), 'stream');
  expect(answer.reply).toBe('日本語のテキスト 🎭');
});

it.each([wires.openAi, wires.anthropic, wires.gemini, wires.ollama])(
  '$provider: a server that leaves the last line break off is read to its end',
  async (wire) => {
    const upstream = await startProvider(pieces([wire.stream('all ', 'there').join('').trimEnd()]));
    expect((await answerOf(chatCore(upstream.url), chatTo(wire), 'stream')).reply).toBe('all there');
  },
);

it.each(['hang', 'reset'] as const)(
  'a connection that ends in a %s after the end mark does not spoil the reply',
  async (ending) => {
    const upstream = await startProvider(pieces(wires.openAi.stream('all ', 'there'), ending));
    const core = chatCore(upstream.url, { env: { COMFYVN_LLM_DEFAULT_TIMEOUT: '30' } });
    const answer = await answerOf(core, chatTo(wires.openAi, { retries: 0 }), 'stream');
    expect(answer.reply).toBe('all there');
    expect(answer.usage).toMatchObject({ prompt_tokens: 11, completion_tokens: 5 });
    await upstream.idle();
  },
);

it('one answer to a streaming request as plain JSON is read as one', async () => {
  const upstream = await startProvider(whole(wires.openAi.reply('not piece by piece')));
  const { answer, told } = await chat(chatCore(upstream.url), chatTo(wires.openAi), 'stream');
  expect(answer?.reply).toBe('not piece by piece');
  expect(told.events.map(({ event }) => event)).toEqual(['start', 'delta', 'usage']);
});

it('an address is left alone after nine failures in a row, and only that address', async () => {
  const upstream = await startProvider(whole({}, 500));
  const other = await startProvider(whole(wires.ollama.reply('well')));
  const core = chatCore(upstream.url, { env: { COMFYVN_LLM_OLLAMA_DEFAULT_BASE_URL: other.url } });
  for (let i = 0; i < 9; i++)
    expect((await chat(core, chatTo(wires.openAi, { retries: 0 }))).error?.code).toBe('provider_error');
  const { error } = await chat(core, chatTo(wires.openAi, { retries: 5 }));
  expect(error).toMatchObject({ code: 'provider_unreachable', details: { upstream_code: 'circuit_open' } });
  expect(upstream.exchanges).toHaveLength(9);
  expect((await answerOf(core, chatTo(wires.ollama))).reply).toBe('well');
});
