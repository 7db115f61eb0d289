import type { Attempt } from '../../../../contract/chat.ts';
import type { Budget } from '../../budget/budget.ts';
import { AppError } from '../../lib/app-error.ts';
import type { BulkCall, LimitWait } from '../../lib/request-context.ts';
import type { Breakers } from '../../net/breakers.ts';
import type { LoopGuard } from '../../net/loop-guard.ts';
import { TransportError } from '../../net/transport-error.ts';
import type { RateLimits } from '../../rate-limits/rate-limits.ts';
import type { KeyPool } from '../../secrets/key-pool.ts';
import { reserveAttempt, type CostReservation, type PlanPrice } from '../cost/cost-reservation.ts';
import type { Plan } from '../plan/plan.ts';
import type { StreamListener } from '../reply/stream-listener.ts';
import type { KeyRotation } from './key-rotation.ts';
import { maxSilentWaitMs, waitForTurn, type LimitTurn } from './limit-turn.ts';
import type { RetryWaits } from './retry-waits.ts';
import type { SendParts } from './send-once.ts';

/** A longer pause before a retry is left to the caller. */
export const maxPauseMs = 30_000;

export interface AttemptParts extends SendParts {
  budget: Budget;
  breakers: Breakers;
  rateLimits: RateLimits;
  loopGuard: LoopGuard;
  waits: RetryWaits;
  keyPool: KeyPool;
  now(): number;
}

export interface AttemptRequest {
  plan: Plan;
  price: PlanPrice;
  retries: number;
  reason: Attempt['reason'];
  requestId: string;
  signal: AbortSignal;
  /** Set if no person waits for the answer. */
  bulk?: BulkCall | undefined;
  streamListener?: StreamListener | undefined;
  /** Every attempt is appended, including failed ones. */
  attempts: Attempt[];
  /** Called once before the first request goes out. */
  onStart?: (() => void | Promise<void>) | undefined;
}

/** An attempt that may be sent: its key, its share of that key's rate limits and its cost reservation. */
export interface OpenAttempt extends LimitTurn {
  reservation: CostReservation;
}

export interface NextAttempt {
  /** The plan with the next key. */
  chosen: Plan;
  keys: KeyRotation;
  origin: string;
  /** The user chose not to wait for the rate limits. */
  atOnce: boolean;
  /** An earlier attempt of this call was sent. */
  started: boolean;
}

/**
 * Waits for room in a key's rate limits and reserves the next attempt, unless the address's circuit is open.
 * @param before the previous attempt's failure, reported if the budget has no room for a retry
 */
export async function openAttempt(
  parts: AttemptParts,
  request: AttemptRequest,
  { chosen, keys, origin, atOnce, started }: NextAttempt,
  before: TransportError | undefined,
): Promise<OpenAttempt | TransportError> {
  const { price, requestId, attempts, bulk, signal, streamListener } = request;
  const { provider } = chosen.resolved;
  let turn: LimitTurn | undefined;
  try {
    parts.breakers.check(origin);
    const onWait = ({ ms, limit }: LimitWait) =>
      streamListener?.waiting?.({
        ...limitWait(provider.name, limit),
        request_id: requestId,
        ms,
        n: attempts.length,
      });
    turn = await waitForTurn(parts.rateLimits, [chosen, ...keys.others], {
      provider,
      bulk,
      signal,
      atOnce,
      maxMs: maxWaitOf(request, started),
      openWait: () => parts.waits.open(requestId),
      onWait,
    });
    keys.use(turn.plan);
    return { ...turn, reservation: await reserveAttempt(parts.budget, turn.plan, price, requestId) };
  } catch (error) {
    turn?.turn?.release();
    if (error instanceof TransportError) return error;
    if (error instanceof AppError && error.code === 'cancelled') throw unsent(error, attempts);
    throw before ?? error;
  }
}

/** How long an attempt may wait for a rate limit. */
function maxWaitOf({ bulk, streamListener, retries }: AttemptRequest, started: boolean): number {
  // A request that was already sent has a reservation and a slot in its run, so the wait happens in the run's
  // planning, not here.
  if (bulk) return started && bulk.beforeSending ? 0 : Infinity;
  if (streamListener?.waiting) return Infinity;
  return retries > 0 ? maxPauseMs : maxSilentWaitMs;
}

/**
 * A call abandoned before it was sent: its earlier attempts determine its cost; without any it costs nothing.
 */
const unsent = ({ code, message }: AppError, attempts: readonly Attempt[]) =>
  new AppError(code, message, attempts.length ? { attempts } : { sent: false });

/** A rate-limit wait as reported to a streaming caller. */
const limitWait = (provider: string, limit: string | null) => ({
  status: null,
  code: 'provider_rate_limited',
  message: limit ? `the limit of ${provider}: ${limit}` : `${provider} asked to wait`,
  asked: limit === null,
  limit,
});
