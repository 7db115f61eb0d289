import type { LimitedCall } from './limited-call.ts';
import type { RateLimits } from './rate-limits.ts';
import { cancelledWait, tooLong, type Turn, type TurnWait, type WaitOptions } from './turn.ts';

/**
 * A turn for one of several alternative calls: the same request with each of a provider's keys. The first
 * that may be sent at once is chosen; otherwise the one with the shortest expected wait.
 * @returns the call with its turn, which is undefined if no limit is known
 * @throws TransportError `provider_rate_limited` if all would wait longer than `maxMs`; AppError `cancelled`
 */
export async function turnOfAny<Call extends { limited: LimitedCall }>(
  limits: RateLimits,
  calls: readonly Call[],
  options: WaitOptions,
): Promise<Call & { turn: Turn | undefined }> {
  const [only] = calls;
  if (only && calls.length === 1 && options.maxMs > 0)
    return { ...only, turn: await limits.turn(only.limited, options) };
  const waits: { call: Call; wait: TurnWait }[] = [];
  for (const call of calls) {
    if (!limits.applyTo(call.limited)) return { ...call, turn: undefined };
    const { turn, wait } = await limits.turnNow(call.limited);
    if (turn && options.signals.some(({ aborted }) => aborted)) {
      turn.release();
      throw cancelledWait(options.signals);
    }
    if (turn) return { ...call, turn };
    waits.push({ call, wait });
  }
  // Computed now, because calls that asked at the same time have joined the queue meanwhile.
  const expected = ({ call, wait }: (typeof waits)[number]) => wait.ms * (limits.waiting(call.limited) + 1);
  const shortest = waits.toSorted((a, b) => expected(a) - expected(b))[0];
  if (!shortest) throw new RangeError('a turn is asked for at least one call');
  const { call, wait } = shortest;
  if (wait.ms > options.maxMs) throw tooLong(wait.ms, options.maxMs, wait.limit);
  return { ...call, turn: await limits.turn(call.limited, options) };
}
