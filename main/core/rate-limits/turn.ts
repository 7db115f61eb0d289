import { AppError } from '../lib/app-error.ts';
import type { LimitWait } from '../lib/request-context.ts';
import { TransportError } from '../net/transport-error.ts';

/** The upstream code for a wait that would be too long; a provider's own refusal has a different one. */
export const limitWaitCode = 'limit_wait';

export interface WaitOptions {
  /** A longer wait is an error. */
  maxMs: number;
  /** The first one to be aborted ends the wait. */
  signals: readonly AbortSignal[];
  /** Aborted by a user who does not want to wait: the call is sent at once. */
  skip?: AbortSignal | undefined;
  onWait?: ((wait: LimitWait) => void | Promise<void>) | undefined;
}

/** A call's tokens, as its reply reports them. */
export interface TurnUsage {
  prompt: number;
  completion: number;
  /** Prompt tokens read from a cache. */
  cached: number;
}

/** The amounts taken from the limits for a call in progress. Only the first of settle and release counts. */
export interface Turn {
  /** Replaces the estimate by the call's real usage. */
  settle(usage: TurnUsage): void;
  /** Nothing was sent: everything is given back. */
  release(): void;
}

/** How long a call has to wait, in milliseconds; `limit` is null if the provider asked for the wait. */
export interface TurnWait {
  ms: number;
  limit: string | null;
}

/** How many of the calls there is room for, and how long the next one has to wait. */
export interface Granted {
  turns: Turn[];
  wait: TurnWait | null;
}

/** Why a wait was aborted. */
export function cancelledWait(signals: readonly AbortSignal[]): AppError {
  const reason: unknown = signals.find(({ aborted }) => aborted)?.reason;
  if (reason instanceof AppError) return reason;
  return new AppError('cancelled', 'the caller left while the call waited for a limit; nothing was sent');
}

/** The error for a wait that is too long for the call. */
export function tooLong(ms: number, maxMs: number, limit: string | null): TransportError {
  const why = limit ? `the limit of ${limit} is used up` : 'it answered 429 and asked for a pause';
  const seconds = (of: number) => Math.ceil(of / 1000);
  return new TransportError(
    'provider_rate_limited',
    `${why}, so the panel keeps this call back: it would wait ${seconds(ms)} s, and may wait ${seconds(maxMs)} s. Nothing was sent`,
    {
      upstreamCode: limitWaitCode,
      retryAfterMs: ms,
      hint: limit
        ? `ask again in ${seconds(ms)} s, or raise the limit in the settings of the provider if it allows more`
        : `ask again in ${seconds(ms)} s`,
    },
  );
}
