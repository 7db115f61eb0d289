import { setTimeout as sleep } from 'node:timers/promises';
import { ExponentialBackoff } from 'cockatiel';
import type { Attempt } from '../../../contract/chat.ts';
import { AppError } from '../lib/app-error.ts';
import { abortSignalOf, type AnySignal } from '../lib/call-signal.ts';
import { originOf } from '../net/origin.ts';
import type { Breakers } from '../net/breakers.ts';
import type { SameCalls } from '../net/loop-guard.ts';
import { WireFailure } from '../net/wire-failure.ts';
import { callOnce, type CallOutcome, type CallParts } from './call-once.ts';
import type { Plan } from './plan.ts';
import type { ChatSink } from './stream-listener.ts';

/** A wait longer than this is the caller's to decide about. */
const longestWaitMs = 30_000;

export interface AttemptParts extends CallParts {
  breakers: Breakers;
  sameCalls: SameCalls;
}

export interface AttemptRequest {
  plan: Plan;
  retries: number;
  reason: Attempt['reason'];
  requestId: string;
  signal: AnySignal;
  sink?: ChatSink | undefined;
  /** Every step is added, the failed ones too. */
  attempts: Attempt[];
}

const firstBackoff = () => new ExponentialBackoff({ initialDelay: 250, maxDelay: 8000 }).next();

function describe(
  request: AttemptRequest,
  first: boolean,
  ms: number,
  failure: WireFailure | null,
  status: number | null,
  waited: number,
): Attempt {
  const { plan, attempts } = request;
  const attempt: Attempt = {
    n: attempts.length + 1,
    provider: plan.resolved.provider.name,
    model: plan.model.id,
    reason: first ? request.reason : 'retry',
    status: failure ? failure.status : status,
    code: failure?.code ?? null,
    ms: Math.round(ms * 10) / 10,
  };
  if (plan.resolved.preset) attempt.preset = plan.resolved.preset.id;
  if (failure) attempt.message = failure.message;
  if (waited) attempt.waited_ms = Math.round(waited);
  return attempt;
}

function waitBefore(failure: WireFailure, backoff: { duration: number }): number | null {
  if (failure.retryAfterMs === undefined) return backoff.duration;
  return failure.retryAfterMs > longestWaitMs ? null : failure.retryAfterMs;
}

/**
 * Sends a plan, and again where the provider may answer another time: before the first content only, on refused
 * connections, 408, 429 and 5xx, with jitter, and after `Retry-After` where it is told.
 * @throws WireFailure of the last attempt; AppError `cancelled`, `loop_detected`
 */
export async function sendWithRetries(parts: AttemptParts, request: AttemptRequest): Promise<CallOutcome> {
  const { plan, signal, attempts } = request;
  const { breakers, sameCalls } = parts;
  const same = `${plan.sha256} ${plan.url}`;
  const origin = originOf(plan.url) ?? plan.url;
  let backoff: ReturnType<typeof firstBackoff> | undefined;
  let waited = 0;
  for (let left = request.retries, first = true; ; left--, first = false) {
    const started = performance.now();
    try {
      breakers.check(origin);
      sameCalls.enter(same);
      let outcome: CallOutcome;
      try {
        outcome = await callOnce(parts, request);
      } finally {
        sameCalls.leave(same);
      }
      breakers.succeeded(origin);
      attempts.push(describe(request, first, performance.now() - started, null, outcome.status, waited));
      return outcome;
    } catch (error) {
      if (!(error instanceof WireFailure)) throw error;
      breakers.failed(origin, error);
      attempts.push(describe(request, first, performance.now() - started, error, null, waited));
      backoff = backoff?.next(undefined) ?? firstBackoff();
      const wait = error.retryable && left > 0 ? waitBefore(error, backoff) : null;
      if (wait === null) throw error;
      waited = wait;
      await sleep(wait, undefined, { signal: abortSignalOf(signal) }).catch(() => {
        throw new AppError('cancelled', 'the caller left while a retry was waiting');
      });
    }
  }
}
