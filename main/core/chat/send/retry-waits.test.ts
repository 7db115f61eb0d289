import { expect, it } from 'vitest';
import type { RetryWait } from '../../../../contract/chat.ts';
import { chatTo, sharedChat, telling } from '../../__fixtures__/chat-core.ts';
import { whole } from '../../__fixtures__/provider-replies.ts';
import { testContext } from '../../__fixtures__/test-core.ts';
import { protocols } from '../../__fixtures__/protocols.ts';

const { openAi } = protocols;
const shared = sharedChat();
const busy = whole(openAi.error('slow down'), 429, { 'retry-after': '20' });

/** A streaming call, and the reported wait. */
function waiting(signal?: AbortSignal) {
  const { upstream, core } = shared;
  upstream.answer(busy, whole(openAi.reply('well')));
  const context = testContext({ requestId: crypto.randomUUID(), ...(signal ? { signal } : {}) });
  let reported: (wait: RetryWait) => void = () => {};
  const wait = new Promise<RetryWait>((resolve) => (reported = resolve));
  const listener = { ...telling(), waiting: (of: RetryWait) => reported(of) };
  const ended = core.core.dispatcher.dispatch('chat.stream', chatTo(openAi), context, listener);
  return { id: context.requestId, wait, ended };
}

it('a streaming caller learns how long a 429 asks to wait, and can send now', async () => {
  const { upstream, core } = shared;
  const started = performance.now();
  const { id, wait, ended } = waiting();
  expect(await wait).toMatchObject({ ms: 20_000, n: 1, status: 429, message: 'slow down', asked: true });
  expect(upstream.exchanges).toHaveLength(1);
  // The wait begins right after it is reported.
  let ask = await core.ask('chat.sendNow', { request_id: id });
  while (!ask.was_waiting) ask = await core.ask('chat.sendNow', { request_id: id });
  expect(await ended).toMatchObject({ ok: true, data: { attempts: [{ status: 429 }, { status: 200 }] } });
  expect(upstream.exchanges).toHaveLength(2);
  expect(performance.now() - started).toBeLessThan(10_000);
});

it('a caller who disconnects ends the wait, and nothing more is sent', async () => {
  const { upstream } = shared;
  const leaving = new AbortController();
  const { wait, ended } = waiting(leaving.signal);
  await wait;
  leaving.abort();
  expect(await ended).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(upstream.exchanges).toHaveLength(1);
});

it('sending now reports where no such call waits', async () => {
  expect(await shared.core.ask('chat.sendNow', { request_id: 'nobody' })).toEqual({ was_waiting: false });
});
