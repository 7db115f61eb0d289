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

/** Bytes of a body per token; OpenAI also estimates four characters per token. */
const bytesPerToken = 4;
/** A bulk run that waits longer than this for one request has to report it. */
const maxBulkWaitMs = 5 * 60_000;
/**
 * Maximum wait for a caller to whom the wait cannot be shown. A longer wait is an error that says when to try
 * again: a client that receives nothing assumes the server is dead and sends again.
 */
export const maxSilentWaitMs = 5000;

/** A plan as its provider's rate limits see it. */
function limitedCallOf(plan: Plan, bulk: BulkCall | undefined): LimitedCall {
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
  /** The plan with the selected key. */
  plan: Plan;
  /** The plan as its rate limits see it. */
  limited: LimitedCall;
  /** Undefined if no limit is known. */
  turn: Turn | undefined;
  /** Time waited, in milliseconds. */
  queuedMs: number;
}

export interface TurnRequest {
  provider: Provider;
  bulk: BulkCall | undefined;
  signal: AbortSignal;
  /** The user chose not to wait. */
  atOnce?: boolean;
  /**
   * A longer wait is an error. The provider's timeout, or five minutes for a bulk run, applies in any case.
   */
  maxMs?: number;
  /** Lets a user end the wait. */
  openWait?: (() => OpenWait) | undefined;
  onWait?: ((wait: LimitWait) => void | Promise<void>) | undefined;
}

/** Servers on the user's own machine have only the limits that their owner sets. */
const mayNameLimits = ({ kind }: Provider) => kind === 'cloud' || kind === 'proxy';

/**
 * Waits until the provider's rate limits have room for a call.
 * @param plans the call with the chosen key, then with alternative keys: one with room is sent at once
 * @throws TransportError `provider_rate_limited` if the wait would be too long; AppError `cancelled`
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

/** A 429 used nothing, and means that the limits are used up. */
export function noteRefusal(
  limits: RateLimits,
  { plan, limited, turn }: Omit<LimitTurn, 'queuedMs'>,
  error: TransportError,
): void {
  if (error.status !== 429) return;
  turn?.release();
  // An account without credit also answers 429, and waiting does not help. With several keys, each rests by
  // itself.
  if (error.retryable) limits.refused(limited, plan.keys.length > 1 ? undefined : error.retryAfterMs);
}
