import { ExponentialBackoff } from 'cockatiel';
import type { Attempt, Cost, Usage } from '../../../../contract/chat.ts';
import type { Budget } from '../../budget/budget.ts';
import { AppError } from '../../lib/app-error.ts';
import type { BulkCall, LimitWait } from '../../lib/request-context.ts';
import type { LimitedCall } from '../../rate-limits/limited-call.ts';
import type { RateLimits } from '../../rate-limits/rate-limits.ts';
import type { Turn } from '../../rate-limits/turn.ts';
import type { Breakers } from '../../net/breakers.ts';
import type { LoopGuard } from '../../net/loop-guard.ts';
import { originOf } from '../../net/origin.ts';
import { TransportError } from '../../net/transport-error.ts';
import { brokenUsage, checkedUsage, hidesOutput, pricedCost } from '../cost/checked-usage.ts';
import {
  reserveAttempt,
  type AttemptCharge,
  type CostReservation,
  type PlanPrice,
} from '../cost/cost-reservation.ts';
import { checkContent } from './empty-reply.ts';
import { limitedCallOf, noteRefusal, waitForTurn } from './limit-turn.ts';
import type { Plan } from '../plan/plan.ts';
import type { RetryWaits } from './retry-waits.ts';
import { sendOnce, type SendOutcome, type SendParts, type SendResult } from './send-once.ts';
import type { StreamListener } from '../reply/stream-listener.ts';

/** A wait longer than this is the caller's to decide about. */
const maxWaitMs = 30_000;

export interface AttemptParts extends SendParts {
  budget: Budget;
  breakers: Breakers;
  rateLimits: RateLimits;
  loopGuard: LoopGuard;
  waits: RetryWaits;
}

export interface AttemptRequest {
  plan: Plan;
  price: PlanPrice;
  retries: number;
  reason: Attempt['reason'];
  requestId: string;
  signal: AbortSignal;
  /** Set where no person waits for the answer. */
  bulk?: BulkCall | undefined;
  streamListener?: StreamListener | undefined;
  /** Every step is added, the failed ones too. */
  attempts: Attempt[];
  /** Called once before the first request goes out. */
  onStart?: (() => void | Promise<void>) | undefined;
}

/** An attempt that brought a whole reply. */
export interface AnsweredAttempt {
  outcome: SendOutcome;
  usage: Usage;
  cost: Cost | null;
  /** What a person should know of the reply or of its figures. */
  warnings: string[];
}

/**
 * Sends a plan, and again where the provider may answer another time: before the first content only, on refused
 * connections, 408, 429 and 5xx, with jitter, and after `Retry-After` where the provider asks for that. Each attempt
 * waits for room in the provider's limits, and its cost is reserved before it is sent.
 * @throws TransportError of the last attempt, `provider_rate_limited` where a limit has no room in time; AppError `cancelled`, `loop_detected`, `budget_exceeded`, `ledger_unavailable`
 */
export async function sendWithRetries(
  parts: AttemptParts,
  request: AttemptRequest,
): Promise<AnsweredAttempt> {
  const { plan, attempts, signal } = request;
  const origin = originOf(plan.url) ?? plan.url;
  const limited = limitedCallOf(plan, request.bulk);
  let backoff: ReturnType<typeof firstBackoff> | undefined;
  let failure: TransportError | undefined;
  let waited = 0;
  let atOnce = false;
  for (let left = request.retries, first = true; ; left--, first = false) {
    let started = performance.now();
    let queued = 0;
    const record = (error: TransportError | null, status: number | null, charge: AttemptCharge | null) => {
      const ms = performance.now() - started;
      attempts.push(describeAttempt(request, { first, ms, error, status, waited, queued, charge }));
    };
    const open = await openAttempt(parts, request, { limited, origin, atOnce }, failure);
    if (open instanceof TransportError) {
      record(open, null, null);
      failure = open;
    } else {
      queued = open.queuedMs;
      started += queued;
      if (first) await startedOrReleased(request, open);
      const sent = await sendGuarded(parts, request, limited, open);
      const ended = await endAttempt(plan, request.price, open.reservation, sent);
      endTurn(parts.rateLimits, limited, open.turn, ended);
      if (ended.ok) {
        parts.breakers.succeeded(origin);
        record(null, ended.answered.outcome.status, ended.charge);
        await request.streamListener?.usage(ended.answered.usage);
        return ended.answered;
      }
      const { error, charge } = ended;
      if (!(error instanceof TransportError)) {
        record(null, null, charge);
        throw error;
      }
      parts.breakers.failed(origin, error);
      record(error, null, charge);
      failure = error;
    }
    backoff = backoff?.next(undefined) ?? firstBackoff();
    const wait = failure.retryable && left > 0 ? waitBefore(failure, backoff) : null;
    if (wait === null) throw failure;
    waited = wait;
    const { status, code, message, retryAfterMs } = failure;
    const reported = { ms: Math.round(wait), n: attempts.length, status, code, message };
    await request.streamListener?.waiting?.({ ...reported, asked: retryAfterMs !== undefined });
    atOnce = await parts.waits.wait(request.requestId, wait, signal);
  }
}

/** An attempt that may go out: what is set aside for it of the money and of the provider's limits. */
interface OpenAttempt {
  reservation: CostReservation;
  turn: Turn | undefined;
  /** Milliseconds that it waited for the limits. */
  queuedMs: number;
}

/**
 * Waits for room in the provider's limits and reserves the next attempt, unless its address is left alone at the moment.
 * @param of.atOnce a person does not want to wait for the limits
 * @param before the failure of the attempt before: it is the true reason where the budget has no room for another
 */
async function openAttempt(
  parts: AttemptParts,
  request: AttemptRequest,
  { limited, origin, atOnce }: { limited: LimitedCall; origin: string; atOnce: boolean },
  before: TransportError | undefined,
): Promise<OpenAttempt | TransportError> {
  const { plan, price, requestId, attempts, bulk, signal, streamListener } = request;
  const { provider } = plan.resolved;
  let turn: Turn | undefined;
  try {
    parts.breakers.check(origin);
    const onWait = ({ ms, limit }: LimitWait) =>
      streamListener?.waiting?.({ ...limitWait(provider.name, limit), ms, n: attempts.length });
    const waited = await waitForTurn(parts.rateLimits, limited, {
      provider,
      bulk,
      signal,
      atOnce,
      openWait: () => parts.waits.open(requestId),
      onWait,
    });
    turn = waited.turn;
    return { ...waited, reservation: await reserveAttempt(parts.budget, plan, price, requestId) };
  } catch (error) {
    turn?.release();
    if (error instanceof TransportError) return error;
    if (error instanceof AppError && error.code === 'cancelled') throw unsent(error, attempts);
    throw before ?? error;
  }
}

/** A call that was left before it went out: its earlier attempts say what it came to, and without any it is nothing. */
const unsent = ({ code, message }: AppError, attempts: readonly Attempt[]) =>
  new AppError(code, message, attempts.length ? { attempts } : { sent: false });

/** A wait for a limit as a streaming caller learns of it. */
const limitWait = (provider: string, limit: string | null) => ({
  status: null,
  code: 'provider_rate_limited',
  message: limit ? `the limit of ${provider}: ${limit}` : `${provider} asked to wait`,
  asked: limit === null,
  limit,
});

/** Tells the limits what the attempt came to; after a 429 nothing is left of them. */
function endTurn(
  limits: RateLimits,
  limited: LimitedCall,
  turn: Turn | undefined,
  ended: EndedAttempt,
): void {
  if (ended.ok) {
    const {
      prompt_tokens: prompt,
      completion_tokens: completion,
      cached_tokens: cached = 0,
    } = ended.answered.usage;
    turn?.settle({ prompt, completion, cached });
    return;
  }
  if (ended.error instanceof TransportError) noteRefusal(limits, limited, turn, ended.error);
}

/** Nothing has been sent when the start cannot be reported. */
async function startedOrReleased({ onStart }: AttemptRequest, open: OpenAttempt): Promise<void> {
  try {
    await onStart?.();
  } catch (error) {
    open.reservation.release();
    open.turn?.release();
    throw error;
  }
}

/** Sends, unless too many calls with the same bytes are under way: those come back to us in a circle. */
async function sendGuarded(
  parts: AttemptParts,
  request: AttemptRequest,
  limited: LimitedCall,
  { reservation, turn }: OpenAttempt,
): Promise<SendResult> {
  const { plan, requestId, signal, streamListener } = request;
  const same = `${plan.sha256} ${plan.url}`;
  try {
    parts.loopGuard.enter(same);
  } catch (error) {
    reservation.release();
    turn?.release();
    throw error;
  }
  const onHeaders = (headers: Readonly<Record<string, string>>) =>
    parts.rateLimits.reported(limited, headers);
  try {
    return await sendOnce(parts, { plan, requestId, signal, streamListener, onHeaders });
  } catch (error) {
    // Refused before anything was sent.
    reservation.release();
    turn?.release();
    throw error;
  } finally {
    parts.loopGuard.leave(same);
  }
}

type EndedAttempt =
  | { ok: true; answered: AnsweredAttempt; charge: AttemptCharge | null }
  | { ok: false; error: TransportError | AppError; charge: AttemptCharge | null };

/** Ends the reservation by what came of the attempt. */
async function endAttempt(
  plan: Plan,
  { price }: PlanPrice,
  reservation: CostReservation,
  sent: SendResult,
): Promise<EndedAttempt> {
  if (!sent.ok)
    return {
      ok: false,
      error: sent.error,
      charge: await chargeFailure(plan, price, reservation, sent),
    };
  const { usage, warnings } = await checkedUsage(plan, sent.outcome.result);
  const { costUsd } = sent.outcome.result;
  const priced = pricedCost(plan, price, reservation.bound, usage, costUsd, sent.outcome.result.usage);
  const charge = reservation.settle(priced.cost);
  const { result, empty, warnings: notes } = checkContent(plan, sent.outcome);
  if (empty) return { ok: false, error: empty, charge };
  const outcome = { ...sent.outcome, result };
  const all = [...warnings, ...priced.warnings, ...notes];
  return { ok: true, answered: { outcome, usage, cost: priced.cost, warnings: all }, charge };
}

async function chargeFailure(
  plan: Plan,
  price: PlanPrice['price'],
  reservation: CostReservation,
  { charge, partial, error }: Extract<SendResult, { ok: false }>,
): Promise<AttemptCharge | null> {
  if (charge === 'none') return reservation.release();
  if (charge === 'unknown' || !partial || hidesOutput(plan))
    return reservation.markUnknown(error.message, partial?.providerRef ?? null);
  const usage = await brokenUsage(plan, partial);
  return reservation.settle(
    pricedCost(plan, price, reservation.bound, usage, partial.costUsd, partial.usage).cost,
  );
}

const firstBackoff = () => new ExponentialBackoff({ initialDelay: 250, maxDelay: 8000 }).next();

function waitBefore(failure: TransportError, backoff: { duration: number }): number | null {
  if (failure.retryAfterMs === undefined) return backoff.duration;
  return failure.retryAfterMs > maxWaitMs ? null : failure.retryAfterMs;
}

interface AttemptEnd {
  first: boolean;
  ms: number;
  error: TransportError | null;
  status: number | null;
  waited: number;
  queued: number;
  charge: AttemptCharge | null;
}

function describeAttempt(request: AttemptRequest, end: AttemptEnd): Attempt {
  const { plan, attempts, reason } = request;
  const { error, charge, waited, queued } = end;
  const attempt: Attempt = {
    n: attempts.length + 1,
    provider: plan.resolved.provider.name,
    model: plan.model.id,
    reason: end.first ? reason : 'retry',
    status: error ? error.status : end.status,
    code: error?.code ?? null,
    ms: Math.round(end.ms * 10) / 10,
  };
  if (plan.resolved.preset) attempt.preset = plan.resolved.preset.id;
  if (error) attempt.message = error.message;
  if (waited) attempt.waited_ms = Math.round(waited);
  if (queued) attempt.queued_ms = Math.round(queued);
  if (charge) {
    attempt.charge = charge.charge;
    attempt.cost = charge.cost;
  }
  return attempt;
}
