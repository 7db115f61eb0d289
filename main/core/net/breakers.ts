import { connectionOf, TransportError } from './transport-error.ts';

const failuresInARow = 9;
const restMs = 3000;
const maxOrigins = 500;

interface Health {
  /** Consecutive failures. */
  failures: number;
  /** Milliseconds since 1970; no call is allowed before this time. */
  restUntil: number;
}

/**
 * A circuit breaker per origin. After nine consecutive failures the circuit is open for three seconds:
 * callers fail fast, and a failing provider is not flooded. Then one call every three seconds probes the
 * origin. Other calls do not wait for the probe, because a streamed reply can take minutes.
 */
export class Breakers {
  readonly #byOrigin = new Map<string, Health>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  #of(origin: string): Health {
    let health = this.#byOrigin.get(origin);
    if (!health) {
      if (this.#byOrigin.size >= maxOrigins) this.#byOrigin.clear();
      health = { failures: 0, restUntil: 0 };
      this.#byOrigin.set(origin, health);
    }
    return health;
  }

  /** @throws TransportError `provider_unreachable` with `circuit_open` while the circuit is open */
  check(origin: string): void {
    const health = this.#of(origin);
    if (health.failures < failuresInARow) return;
    const now = this.#now();
    if (now < health.restUntil) {
      const seconds = restMs / 1000;
      const message = `${origin} failed ${failuresInARow} times in a row; no call is sent there for ${seconds} s`;
      throw new TransportError('provider_unreachable', message, {
        upstreamCode: 'circuit_open',
        ...connectionOf('resting', { origin, failures: failuresInARow, seconds }),
      });
    }
    health.restUntil = now + restMs;
  }

  succeeded(origin: string): void {
    this.#of(origin).failures = 0;
  }

  /** Records a failed call. An error that the caller caused says nothing about the origin. */
  failed(origin: string, failure: TransportError): void {
    if (!failure.retryable || failure.status === 429) return;
    const health = this.#of(origin);
    health.failures++;
    health.restUntil = this.#now() + restMs;
  }
}
