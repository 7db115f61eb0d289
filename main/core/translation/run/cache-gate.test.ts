import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CacheGate, type SendPermission } from './cache-gate.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new AbortController().signal;

/** Requests with one prefix; each is sent as soon as the gate permits it. */
async function requests(gate: CacheGate, count: number, signal = never) {
  const sent: SendPermission[] = [];
  let ended = 0;
  for (let n = 0; n < count; n++)
    void gate.enter('prefix', signal).then((permission) => {
      if (!permission) return void ended++;
      permission.sent();
      sent.push(permission);
    });
  await vi.advanceTimersByTimeAsync(0);
  return {
    sent,
    ended: () => ended,
    async end(at: number, isAnswered: boolean) {
      sent[at]!.end(isAnswered);
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

test('the first request of a prefix is sent alone; after its reply, the others are sent together', async () => {
  const { sent, end } = await requests(new CacheGate(), 5);
  expect(sent).toHaveLength(1);
  await end(0, true);
  expect(sent).toHaveLength(5);
});

test('if the first request of a prefix fails, exactly one other is sent next', async () => {
  const { sent, end } = await requests(new CacheGate(), 4);
  await end(0, false);
  expect(sent).toHaveLength(2);
  await end(1, true);
  expect(sent).toHaveLength(4);
});

test('requests wait at most half a minute for a slow first request', async () => {
  const gate = new CacheGate();
  const { sent } = await requests(gate, 4);
  await vi.advanceTimersByTimeAsync(29_000);
  expect(sent).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2000);
  expect(sent).toHaveLength(4);
  expect((await requests(gate, 3)).sent).toHaveLength(3);
});

test('after the provider’s cache has expired, one request writes the prefix again', async () => {
  const gate = new CacheGate();
  const first = await requests(gate, 2);
  await first.end(0, true);
  await vi.advanceTimersByTimeAsync(4 * 60_000);
  const read = await requests(gate, 2);
  expect(read.sent).toHaveLength(2);
  await read.end(0, true);
  await vi.advanceTimersByTimeAsync(4 * 60_000);
  expect((await requests(gate, 2)).sent).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(5 * 60_000);
  expect((await requests(gate, 2)).sent).toHaveLength(1);
});

test('a run that stops ends the waits and leaves requests in progress alone', async () => {
  const stop = new AbortController();
  const { sent, ended } = await requests(new CacheGate(), 3, stop.signal);
  stop.abort();
  await vi.advanceTimersByTimeAsync(0);
  expect([sent.length, ended()]).toEqual([1, 2]);
});

test('requests with different prefixes, or without one, do not wait for each other', async () => {
  const gate = new CacheGate();
  const permissions = ['a', 'b', null, null].map((prefix) => gate.enter(prefix, never));
  expect(await Promise.all(permissions)).toHaveLength(4);
});
