import { setImmediate as tick } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorStatus } from '../../../../contract/errors.ts';
import {
  answerOf,
  chat,
  chatCore,
  chatTo,
  failureIn,
  sharedChat,
  type Mode,
} from '../../__fixtures__/chat-core.ts';
import { faults, hangs, type Fault } from '../../__fixtures__/faults.ts';
import { pieces, whole } from '../../__fixtures__/provider-replies.ts';
import { startProvider } from '../../__fixtures__/provider-upstream.ts';
import { protocols, type Protocol } from '../../__fixtures__/protocols.ts';

/** Limit for every fault except a hang, also on a busy machine. */
const soonMs = 3000;
const modes: Mode[] = ['json', 'stream'];

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeAll(() => void process.on('unhandledRejection', note));
afterAll(() => void process.off('unhandledRejection', note));

const once = (protocol: Pick<Protocol, 'provider' | 'model'>) => chatTo(protocol, { retries: 0 });
const codeFor = ({ code }: Fault, mode: Mode) => (typeof code === 'string' ? code : code[mode]);

describe.each(Object.values(protocols))('$provider', (protocol) => {
  // Most of these calls may have been billed, and count at their bound.
  const shared = sharedChat({ env: { COMFYVN_LLM_DAILY_BUDGET_USD: '100' } });
  const table = faults.flatMap((fault) =>
    modes.flatMap((mode) => {
      const code = codeFor(fault, protocol.streams ? mode : 'json');
      return code ? [{ ...fault, mode, code }] : [];
    }),
  );
  const well = (mode: Mode) =>
    protocol.streams && mode === 'stream'
      ? pieces(protocol.stream('well ', 'again'))
      : whole(protocol.reply('well again'));

  it.each(table)(
    '$name, $mode: $code with the provider’s message, and no connection left open',
    async ({ mode, code, reply, ...fault }) => {
      const { upstream, core } = shared;
      upstream.answer(reply(protocol, mode));
      const started = performance.now();
      const { error } = await chat(core, once(protocol), mode);
      const took = performance.now() - started;

      expect(error?.code).toBe(code);
      expect(errorStatus[code]).toBe(code === 'provider_timeout' ? 504 : 502);
      const details = failureIn(error);
      expect(details).toMatchObject({ provider: protocol.provider, model: protocol.model, ...fault.details });
      expect(details.upstream_status).toBe(fault.status ?? details.upstream_status);
      expect(details.attempts).toMatchObject([{ n: 1, provider: protocol.provider, reason: 'first', code }]);
      if (fault.words) expect(`${details.upstream_message}\n${details.upstream_body}`).toContain(fault.words);
      expect(error?.message).toContain(protocol.provider);
      expect(took).toBeLessThan(soonMs);

      await upstream.idle();
      upstream.answer(well(mode));
      expect((await answerOf(core, once(protocol), mode)).reply).toBe('well again');
      expect(upstream.exchanges).toHaveLength(2);
      await tick();
      expect(unhandled).toEqual([]);
    },
  );

  it('after all of them only pooled sockets are left', async () => {
    const { upstream, core } = shared;
    upstream.answer(well('json'));
    await answerOf(core, once(protocol));
    await expect.poll(() => upstream.open()).toBeLessThanOrEqual(2);
  });

  it.each(modes)('a redirect to another origin, %s: not followed, and no key goes there', async (mode) => {
    const { upstream, core } = shared;
    const elsewhere = await startProvider(whole(protocol.reply('stolen')));
    upstream.answer(whole('', 307, { location: `${elsewhere.url}/v1` }));
    const { error } = await chat(core, chatTo(protocol, { retries: 2 }), mode);
    expect(error?.code).toBe('provider_error');
    expect(error?.message).toContain(`redirected to ${elsewhere.url}/v1`);
    expect(upstream.exchanges).toHaveLength(1);
    expect(elsewhere.open()).toBe(0);
    expect(elsewhere.exchanges).toHaveLength(0);
  });
});

it('a refused connection is provider_unreachable, with advice what to check', async () => {
  const upstream = await startProvider();
  await upstream.close();
  const core = chatCore(upstream.url);
  for (const protocol of Object.values(protocols)) {
    for (const mode of modes) {
      const { error } = await chat(core, once(protocol), mode);
      // Nine refusals in a row, and the address is left alone.
      if (error?.details?.['upstream_code'] === 'circuit_open') continue;
      expect(error?.code).toBe('provider_unreachable');
      expect(error?.details).toMatchObject({ upstream_code: 'ECONNREFUSED', upstream_status: null });
      expect(error?.message).toContain(upstream.url);
      expect(failureIn(error).hint).toMatch(/^nothing is listening there/);
    }
  }
});

it('a provider that hangs, before or during its reply, holds no caller longer than the time-out', async () => {
  const timeoutMs = 200;
  const cases = Object.values(protocols).flatMap((protocol) =>
    hangs.flatMap((hang) => modes.map((mode) => ({ protocol, hang, mode }))),
  );
  const upstream = await startProvider((exchange) => {
    const { protocol, hang, mode } = cases[Number(exchange.headers['x-case'])]!;
    return hang.reply(protocol, mode)(exchange);
  });
  const core = chatCore(upstream.url, { env: { COMFYVN_LLM_DEFAULT_TIMEOUT: String(timeoutMs / 1000) } });
  const started = performance.now();
  const ended = await Promise.all(
    cases.map(async ({ protocol, hang, mode }, i) => {
      const headers = { 'x-case': String(i) };
      const { error } = await chat(core, chatTo(protocol, { provider_options: { headers } }), mode);
      const { attempts, hint } = failureIn(error);
      const reported = hint?.includes('_TIMEOUT');
      return `${protocol.provider}, ${hang.name}, ${mode}: ${error?.code}, ${attempts.length} attempt, ${reported}`;
    }),
  );
  const took = performance.now() - started;
  expect(ended).toEqual(
    cases.map(
      ({ protocol, hang, mode }) =>
        `${protocol.provider}, ${hang.name}, ${mode}: provider_timeout, 1 attempt, true`,
    ),
  );
  // undici's timers tick twice a second.
  expect(took).toBeGreaterThan(timeoutMs);
  expect(took).toBeLessThan(timeoutMs + soonMs);
  await upstream.idle();
  await expect.poll(() => upstream.open()).toBe(0);
  upstream.answer(whole(protocols.openAi.reply('well again')));
  expect((await answerOf(core, chatTo(protocols.openAi))).reply).toBe('well again');
  expect(unhandled).toEqual([]);
});
