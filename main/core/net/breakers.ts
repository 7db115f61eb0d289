import { TransportError } from './transport-error.ts';

const failuresInARow = 9;
const restMs = 3000;
const maxOrigins = 500;

interface Health {
  /** In a row. */
  failures: number;
  /** Milliseconds since 1970; before it nobody is let through. */
  restUntil: number;
}

/**
 * A circuit breaker for each origin: after nine failures in a row an address is left alone for three seconds, so that
 * a dead provider costs its callers nothing and itself no flood. Then one call in three seconds tries it, while nobody
 * waits for that one: a streamed reply can take minutes.
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

  /** @throws TransportError `provider_unreachable` with `circuit_open` while the origin is left alone */
  check(origin: string): void {
    const health = this.#of(origin);
    if (health.failures < failuresInARow) return;
    const now = this.#now();
    if (now < health.restUntil) {
      const message = `${origin} failed ${failuresInARow} times in a row and is left alone for ${restMs / 1000} s`;
      throw new TransportError('provider_unreachable', message, { upstreamCode: 'circuit_open' });
    }
    health.restUntil = now + restMs;
  }

  succeeded(origin: string): void {
    this.#of(origin).failures = 0;
  }

  /** Notes how a call failed; a refusal that is the caller's own fault says nothing about the origin. */
  failed(origin: string, failure: TransportError): void {
    if (!failure.retryable || failure.status === 429) return;
    const health = this.#of(origin);
    health.failures++;
    health.restUntil = this.#now() + restMs;
  }
}
