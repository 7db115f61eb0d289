import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CacheGate, type CacheTurn } from './cache-gate.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new AbortController().signal;

/** Requests of one prefix that are sent as the gate lets them. */
async function requests(gate: CacheGate, count: number, signal = never) {
  const sent: CacheTurn[] = [];
  let ended = 0;
  for (let n = 0; n < count; n++)
    void gate.enter('front', signal).then((turn) => {
      if (!turn) return void ended++;
      turn.sent();
      sent.push(turn);
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

test('the first request of a prefix goes alone; its reply lets the others go together', async () => {
  const { sent, end } = await requests(new CacheGate(), 5);
  expect(sent).toHaveLength(1);
  await end(0, true);
  expect(sent).toHaveLength(5);
});

test('a first request that fails lets the next one go first, and no more', async () => {
  const { sent, end } = await requests(new CacheGate(), 4);
  await end(0, false);
  expect(sent).toHaveLength(2);
  await end(1, true);
  expect(sent).toHaveLength(4);
});

test('a first request that takes long holds up nobody for more than half a minute', async () => {
  const gate = new CacheGate();
  const { sent } = await requests(gate, 4);
  await vi.advanceTimersByTimeAsync(29_000);
  expect(sent).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2000);
  expect(sent).toHaveLength(4);
  expect((await requests(gate, 3)).sent).toHaveLength(3);
});

test('a prefix that was not read for as long as the provider keeps it is written by one request again', async () => {
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

test('a run that stops ends the waits, and what is under way is not touched', async () => {
  const stop = new AbortController();
  const { sent, ended } = await requests(new CacheGate(), 3, stop.signal);
  stop.abort();
  await vi.advanceTimersByTimeAsync(0);
  expect([sent.length, ended()]).toEqual([1, 2]);
});

test('prefixes do not wait for each other, and what is not written waits for nobody', async () => {
  const gate = new CacheGate();
  const turns = ['a', 'b', null, null].map((front) => gate.enter(front, never));
  expect(await Promise.all(turns)).toHaveLength(4);
});
