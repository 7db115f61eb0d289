import { ExponentialBackoff } from 'cockatiel';
import type { Attempt } from '../../../../contract/chat.ts';
import type { TransportError } from '../../net/transport-error.ts';
import { maxPauseMs, type AttemptRequest } from './open-attempt.ts';
import type { RetryWaits } from './retry-waits.ts';

/** Why an attempt is made, and what was waited for it. */
export interface AttemptStart {
  reason: Attempt['reason'];
  /** Milliseconds waited after the attempt before; null if it was made at once. */
  waited: number | null;
  /** The user ended that wait, so the rate limits are not waited for either. */
  atOnce: boolean;
  /** The failure of the attempt before; undefined for the first. */
  before: TransportError | undefined;
}

const firstBackoff = () => new ExponentialBackoff({ initialDelay: 250, maxDelay: 8000 }).next();

/** Decides whether a failed attempt is repeated, and waits for it: for as long as the provider asks, or with jitter. */
export class RetrySchedule {
  readonly #waits: RetryWaits;
  readonly #request: AttemptRequest;
  #left: number;
  #backoff: ReturnType<typeof firstBackoff> | undefined;

  constructor(waits: RetryWaits, request: AttemptRequest) {
    this.#waits = waits;
    this.#request = request;
    this.#left = request.retries;
  }

  /**
   * Waits, and reports the wait to a streaming caller.
   * @throws the failure if no retry is left, none can help, or the provider asks for more than `maxPauseMs`;
   * AppError `cancelled` if the caller disconnects meanwhile
   */
  async waitAfter(failure: TransportError): Promise<AttemptStart> {
    this.#backoff = this.#backoff?.next(undefined) ?? firstBackoff();
    const ms = failure.retryAfterMs ?? this.#backoff.duration;
    const isTooLong = failure.retryAfterMs !== undefined && ms > maxPauseMs;
    if (!failure.retryable || this.#left <= 0 || isTooLong) throw failure;
    await this.#report(failure, ms);
    const atOnce = await this.#waits.wait(this.#request.requestId, ms, this.#request.signal);
    this.#left--;
    return { reason: 'retry', waited: ms, atOnce, before: failure };
  }

  async #report(failure: TransportError, ms: number): Promise<void> {
    const { streamListener, requestId, attempts } = this.#request;
    const { status, code, message, retryAfterMs } = failure;
    await streamListener?.waiting?.({
      request_id: requestId,
      ms: Math.round(ms),
      n: attempts.length,
      status,
      code,
      message,
      asked: retryAfterMs !== undefined,
    });
  }
}
