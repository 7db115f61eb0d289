import type { RateLimits } from '../../rate-limits/rate-limits.ts';
import type { Turn } from '../../rate-limits/turn.ts';
import type { LimitedCall } from '../../rate-limits/limited-call.ts';
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
  /** Lets a person end the wait. */
  openWait?: (() => OpenWait) | undefined;
  onWait?: ((wait: LimitWait) => void | Promise<void>) | undefined;
}

const unlimited: LimitTurn = { turn: undefined, queuedMs: 0 };

/** What is sent to one's own machine has no limits but those that its owner sets. */
const mayNameLimits = ({ kind }: Provider) => kind === 'cloud' || kind === 'proxy';

/**
 * Waits until the provider's limits have room for a call.
 * @throws TransportError `provider_rate_limited` where it would wait longer than it may; AppError `cancelled`
 */
export async function waitForTurn(
  limits: RateLimits,
  call: LimitedCall,
  { provider, bulk, signal, atOnce, openWait, onWait }: TurnRequest,
): Promise<LimitTurn> {
  const reading = mayNameLimits(provider) ? limits.ready() : undefined;
  if (reading) await reading;
  if (!limits.applyTo(call)) return unlimited;
  let waited = false;
  const open = openWait?.();
  const started = performance.now();
  try {
    const turn = await limits.turn(call, {
      maxMs: bulk ? maxBulkWaitMs : provider.timeoutMs,
      signals: bulk?.signal ? [signal, bulk.signal] : [signal],
      skip: atOnce ? AbortSignal.abort() : open?.signal,
      onWait: async (wait) => {
        waited = true;
        bulk?.onWait?.(wait);
        await onWait?.(wait);
      },
    });
    return { turn, queuedMs: waited ? performance.now() - started : 0 };
  } finally {
    open?.close();
    if (waited) bulk?.onWait?.(null);
  }
}

/** After a 429 nothing was used, and nothing is left of the limits. */
export function noteRefusal(
  limits: RateLimits,
  call: LimitedCall,
  turn: Turn | undefined,
  error: TransportError,
): void {
  if (error.status !== 429) return;
  turn?.release();
  // An account without money answers 429 as well, and no wait helps it.
  if (error.retryable) limits.refused(call, error.retryAfterMs);
}
