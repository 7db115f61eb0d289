import { ExponentialBackoff } from 'cockatiel';
import type { Attempt, Cost, Usage } from '../../../../contract/chat.ts';
import type { Warning } from '../../../../contract/warnings.ts';
import type { AppError } from '../../lib/app-error.ts';
import { last4Of } from '../../lib/redact.ts';
import { originOf } from '../../net/origin.ts';
import { TransportError } from '../../net/transport-error.ts';
import type { RateLimits } from '../../rate-limits/rate-limits.ts';
import { brokenUsage, checkedUsage, hidesOutput, pricedCost } from '../cost/checked-usage.ts';
import type { AttemptCharge, CostReservation, PlanPrice } from '../cost/cost-reservation.ts';
import { checkContent } from './empty-reply.ts';
import type { Plan } from '../plan/plan.ts';
import { KeyRotation } from './key-rotation.ts';
import { noteRefusal } from './limit-turn.ts';
import {
  maxPauseMs,
  openAttempt,
  type AttemptParts,
  type AttemptRequest,
  type OpenAttempt,
} from './open-attempt.ts';
import { sendOnce, type SendOutcome, type SendResult } from './send-once.ts';

/** An attempt that received a complete reply. */
export interface AnsweredAttempt {
  outcome: SendOutcome;
  usage: Usage;
  cost: Cost | null;
  /** Warnings about the reply or its figures, for the user. */
  warnings: Warning[];
}

/**
 * Sends a plan, with retries before the first content only: on refused connections, 408, 429 and 5xx, with
 * jitter, and after `Retry-After` if the provider sends it. If a key is refused or rate limited, the
 * provider's next key is tried at once. Each attempt waits for room in its key's rate limits and reserves its
 * cost before it is sent.
 * @throws TransportError of the last attempt, `provider_rate_limited` if a limit has no room in time;
 * AppError `cancelled`, `loop_detected`, `budget_exceeded`, `ledger_unavailable`
 */
export async function sendWithRetries(
  parts: AttemptParts,
  request: AttemptRequest,
): Promise<AnsweredAttempt> {
  const { plan, attempts, signal } = request;
  const origin = originOf(plan.url) ?? plan.url;
  let backoff: ReturnType<typeof firstBackoff> | undefined;
  let failure: TransportError | undefined;
  let waited = 0;
  let left = request.retries;
  let { reason } = request;
  let started = false;
  let waitedForIt = false;
  let atOnce = false;
  const keys = new KeyRotation(parts.keyPool, plan, parts.now);
  for (;;) {
    let began = performance.now();
    let queued = 0;
    let keyedPlan = plan;
    const record = (error: TransportError | null, status: number | null, charge: AttemptCharge | null) => {
      const ms = performance.now() - began;
      const ended = { reason, ms, error, status, waited, queued, charge };
      attempts.push(describeAttempt(keyedPlan, attempts.length + 1, ended));
    };
    const chosen = await keys.next(waitedForIt);
    if (!(chosen instanceof TransportError)) keyedPlan = chosen;
    const open =
      chosen instanceof TransportError
        ? chosen
        : await openAttempt(parts, request, { chosen, keys, origin, atOnce, started }, failure);
    if (open instanceof TransportError) {
      record(open, null, null);
      failure = open;
    } else {
      keyedPlan = open.plan;
      queued = open.queuedMs;
      began += queued;
      if (!started) await startedOrReleased(request, open);
      started = true;
      const sent = await sendGuarded(parts, request, open);
      const ended = await endAttempt(plan, request.price, open.reservation, sent);
      endTurn(parts.rateLimits, open, ended);
      if (ended.ok) {
        parts.breakers.succeeded(origin);
        record(null, ended.answered.outcome.status, ended.charge);
        await keys.succeeded();
        await request.streamListener?.usage(ended.answered.usage);
        const warnings = [...ended.answered.warnings, ...keys.warnings];
        return { ...ended.answered, warnings };
      }
      const { error, charge } = ended;
      if (!(error instanceof TransportError)) {
        record(null, null, charge);
        throw error;
      }
      parts.breakers.failed(origin, error);
      record(error, null, charge);
      const unbilled = !sent.ok && sent.charge === 'none';
      const next = await keys.failed(error, unbilled);
      if (next === 'again') {
        failure = error;
        reason = 'key';
        waited = 0;
        waitedForIt = false;
        atOnce = false;
        continue;
      }
      failure = next;
    }
    backoff = backoff?.next(undefined) ?? firstBackoff();
    const wait = failure.retryable && left > 0 ? waitBefore(failure, backoff) : null;
    if (wait === null) throw failure;
    waited = wait;
    const { status, code, message, retryAfterMs } = failure;
    const retry = {
      request_id: request.requestId,
      ms: Math.round(wait),
      n: attempts.length,
      status,
      code,
      message,
    };
    await request.streamListener?.waiting?.({ ...retry, asked: retryAfterMs !== undefined });
    atOnce = await parts.waits.wait(request.requestId, wait, signal);
    left--;
    reason = 'retry';
    waitedForIt = true;
  }
}

/** If the start cannot be reported, nothing is sent. */
async function startedOrReleased({ onStart }: AttemptRequest, open: OpenAttempt): Promise<void> {
  try {
    await onStart?.();
  } catch (error) {
    open.reservation.release();
    open.turn?.release();
    throw error;
  }
}

/**
 * Sends, unless too many calls with the same bytes are in progress: such calls form a loop through this
 * server.
 */
async function sendGuarded(
  parts: AttemptParts,
  { requestId, signal, streamListener }: AttemptRequest,
  { plan, limited, reservation, turn }: OpenAttempt,
): Promise<SendResult> {
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

/** Reports the attempt's usage to the rate limits; a 429 uses them up. */
function endTurn(limits: RateLimits, { plan, limited, turn }: OpenAttempt, ended: EndedAttempt): void {
  if (ended.ok) {
    const {
      prompt_tokens: prompt,
      completion_tokens: completion,
      cached_tokens: cached = 0,
    } = ended.answered.usage;
    turn?.settle({ prompt, completion, cached });
    return;
  }
  if (ended.error instanceof TransportError) noteRefusal(limits, { plan, limited, turn }, ended.error);
}

/** Closes the reservation according to the attempt's outcome. */
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
  return failure.retryAfterMs > maxPauseMs ? null : failure.retryAfterMs;
}

interface AttemptEnd {
  reason: Attempt['reason'];
  ms: number;
  error: TransportError | null;
  status: number | null;
  waited: number;
  queued: number;
  charge: AttemptCharge | null;
}

function describeAttempt(plan: Plan, n: number, end: AttemptEnd): Attempt {
  const { error, charge, waited, queued, reason } = end;
  const attempt: Attempt = {
    n,
    provider: plan.resolved.provider.name,
    model: plan.model.id,
    reason,
    status: error ? error.status : end.status,
    code: error?.code ?? null,
    ms: Math.round(end.ms * 10) / 10,
  };
  if (plan.resolved.preset) attempt.preset = plan.resolved.preset.id;
  if (error) attempt.message = error.message;
  const last4 = plan.adapter.auth && last4Of(plan.key?.key);
  if (last4) attempt.key_last4 = last4;
  if (waited) attempt.waited_ms = Math.round(waited);
  if (queued) attempt.queued_ms = Math.round(queued);
  if (charge) {
    attempt.charge = charge.charge;
    attempt.cost = charge.cost;
  }
  return attempt;
}
