import type { RateLimits } from '../../rate-limits/rate-limits.ts';
import type { Turn } from '../../rate-limits/turn.ts';
import type { LimitedCall } from '../../rate-limits/limited-call.ts';
import { turnOfAny } from '../../rate-limits/turn-of-any.ts';
import type { BulkCall, LimitWait } from '../../lib/request-context.ts';
import type { TransportError } from '../../net/transport-error.ts';
import type { Provider } from '../../registry/model/model.ts';
import { maxCompletion, maxImages } from '../plan/bound.ts';
import type { Plan } from '../plan/plan.ts';
import type { OpenWait } from './retry-waits.ts';

/** Bytes of a body that count as a token: OpenAI estimates by four characters as well. */
const bytesPerToken = 4;
/** A run that waits longer for one request has to say so. */
const maxBulkWaitMs = 5 * 60_000;
/**
 * How long a caller waits who cannot be shown that a call waits. Where it takes longer, the caller gets an error at once
 * that says when to ask again: a program that hears nothing takes the server for dead, and sends again.
 */
export const maxSilentWaitMs = 5000;

/** A plan as its provider's limits see it. */
export function limitedCallOf(plan: Plan, bulk: BulkCall | undefined): LimitedCall {
  const { resolved, model, key, body, billing } = plan;
  return {
    provider: resolved.provider.name,
    model: model.id,
    key: key?.key ?? null,
    asker: bulk ? 'bulk' : 'person',
    promptTokens: Math.ceil((body.length - billing.imageBytes) / bytesPerToken) + maxImages(plan),
    maxOutput: maxCompletion(plan),
  };
}

export interface LimitTurn {
  /** With the key whose turn it is. */
  plan: Plan;
  /** The plan as its limits see it. */
  limited: LimitedCall;
  /** Undefined where no limit is known. */
  turn: Turn | undefined;
  /** How long it was waited for, in milliseconds. */
  queuedMs: number;
}

export interface TurnRequest {
  provider: Provider;
  bulk: BulkCall | undefined;
  signal: AbortSignal;
  /** A person does not want to wait. */
  atOnce?: boolean;
  /** A longer wait is an error. The provider's timeout, or a run's five minutes, are the limit in any case. */
  maxMs?: number;
  /** Lets a person end the wait. */
  openWait?: (() => OpenWait) | undefined;
  onWait?: ((wait: LimitWait) => void | Promise<void>) | undefined;
}

/** What is sent to one's own machine has no limits but those that its owner sets. */
const mayNameLimits = ({ kind }: Provider) => kind === 'cloud' || kind === 'proxy';

/**
 * Waits until the provider's limits have room for a call.
 * @param plans the call with the key that was chosen, then with those that may take its place: one with room goes at once
 * @throws TransportError `provider_rate_limited` where it would wait longer than it may; AppError `cancelled`
 */
export async function waitForTurn(
  limits: RateLimits,
  plans: readonly [Plan, ...Plan[]],
  { provider, bulk, signal, atOnce, maxMs = Infinity, openWait, onWait }: TurnRequest,
): Promise<LimitTurn> {
  const reading = mayNameLimits(provider) ? limits.ready() : undefined;
  if (reading) await reading;
  const [plan] = plans;
  const limited = limitedCallOf(plan, bulk);
  if (!limits.applyTo(limited)) return { plan, limited, turn: undefined, queuedMs: 0 };
  const calls = (atOnce ? [plan] : plans).map((one) => ({ plan: one, limited: limitedCallOf(one, bulk) }));
  let waited = false;
  const open = openWait?.();
  const started = performance.now();
  try {
    const taken = await turnOfAny(limits, calls, {
      maxMs: Math.min(maxMs, bulk ? maxBulkWaitMs : provider.timeoutMs),
      signals: bulk?.signal ? [signal, bulk.signal] : [signal],
      skip: atOnce ? AbortSignal.abort() : open?.signal,
      onWait: async (wait) => {
        waited = true;
        bulk?.onWait?.(wait);
        await onWait?.(wait);
      },
    });
    return { ...taken, queuedMs: waited ? performance.now() - started : 0 };
  } finally {
    open?.close();
    if (waited) bulk?.onWait?.(null);
  }
}

/** After a 429 nothing was used, and nothing is left of the limits. */
export function noteRefusal(
  limits: RateLimits,
  { plan, limited, turn }: Omit<LimitTurn, 'queuedMs'>,
  error: TransportError,
): void {
  if (error.status !== 429) return;
  turn?.release();
  // An account without money answers 429 as well, and no wait helps it. One of several keys rests by itself.
  if (error.retryable) limits.refused(limited, plan.keys.length > 1 ? undefined : error.retryAfterMs);
}
