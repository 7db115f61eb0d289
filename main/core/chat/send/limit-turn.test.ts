import { expect, it } from 'vitest';
import type { RetryWait } from '../../../../contract/chat.ts';
import { chatTo, sharedChat, telling } from '../../__fixtures__/chat-core.ts';
import { whole } from '../../__fixtures__/provider-replies.ts';
import { testContext } from '../../__fixtures__/test-core.ts';
import { protocols } from '../../__fixtures__/protocols.ts';
import { createSettings } from '../../app/settings.ts';
import { memorySettings } from '../../app/settings-file.ts';

const { openAi } = protocols;
const settings = createSettings(
  memorySettings({
    daily_budget_usd: null,
    provider_limits: { [openAi.provider]: { models: { 'gpt-4o': { requests_per_minute: 3 } } } },
  }),
);
const shared = sharedChat({ settings });
const toSlow = { ...chatTo(openAi), model: 'gpt-4o' };
const well = whole(openAi.reply('well'));

it('limits reported in a reply apply from then on, by model', async () => {
  const { upstream, core } = shared;
  const names = { 'x-ratelimit-limit-requests': '500', 'x-ratelimit-limit-tokens': '200000' };
  upstream.answer(whole(openAi.reply('well'), 200, names));
  await core.ask('chat.send', chatTo(openAi));
  expect(await core.ask('providers.limits', { name: openAi.provider })).toEqual({
    configured: { models: { 'gpt-4o': { requests_per_minute: 3 } } },
    learned: [{ model: openAi.model, limits: { requests: 500, tokens: 200_000 } }],
  });
});

/** A streaming call that waits for its rate limit, and the reported wait. */
function waiting(requestId: string, signal?: AbortSignal) {
  let reported: (wait: RetryWait) => void = () => {};
  const wait = new Promise<RetryWait>((resolve) => (reported = resolve));
  const listener = { ...telling(), waiting: (of: RetryWait) => reported(of) };
  const context = testContext({ requestId, ...(signal ? { signal } : {}) });
  const ended = shared.core.core.dispatcher.dispatch('chat.stream', toSlow, context, listener);
  return { wait, ended };
}

it('a call that waits for a limit is reported, ends when its caller leaves, and was never sent', async () => {
  const { upstream, core } = shared;
  upstream.answer(well, well);
  await core.ask('chat.send', toSlow);
  const leaving = new AbortController();
  const { wait, ended } = waiting('leaves', leaving.signal);
  expect(await wait).toMatchObject({
    n: 0,
    code: 'provider_rate_limited',
    asked: false,
    limit: '3 requests a minute',
  });
  leaving.abort();
  expect(await ended).toMatchObject({ ok: false, error: { code: 'cancelled', details: { sent: false } } });
  expect(upstream.exchanges).toHaveLength(1);
});

it('a user can send a waiting call at once', async () => {
  const { upstream, core } = shared;
  upstream.answer(well);
  const { wait, ended } = waiting('impatient');
  // The wait is reported before the event that names the request.
  expect(await wait).toMatchObject({ request_id: 'impatient' });
  expect(await core.ask('chat.sendNow', { request_id: 'impatient' })).toEqual({ was_waiting: true });
  const answered = { reply: 'well', attempts: [{ queued_ms: expect.any(Number) }] };
  expect(await ended).toMatchObject({ ok: true, data: answered });
  expect(upstream.exchanges).toHaveLength(1);
});
