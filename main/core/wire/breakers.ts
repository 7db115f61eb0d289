import { WireFailure } from './wire-failure.ts';

const failuresInARow = 9;
const restMs = 3000;
const maxOrigins = 500;

interface Health {
  /** In a row. */
  failures: number;
  /** Milliseconds since 1970; before it nobody is let through. */
  restUntil: number;
}

const counts = (error: unknown) => error instanceof WireFailure && error.retryable && error.status !== 429;

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

  #letThrough(origin: string, health: Health): void {
    if (health.failures < failuresInARow) return;
    const now = this.#now();
    if (now < health.restUntil) {
      const message = `${origin} failed ${failuresInARow} times in a row and is left alone for ${restMs / 1000} s`;
      throw new WireFailure('provider_unreachable', message, { upstreamCode: 'circuit_open' });
    }
    health.restUntil = now + restMs;
  }

  /**
   * Runs `call`, or refuses it while the origin is left alone.
   * @throws WireFailure `provider_unreachable` with `circuit_open`; whatever `call` throws
   */
  async run<T>(origin: string, call: () => Promise<T>): Promise<T> {
    const health = this.#of(origin);
    this.#letThrough(origin, health);
    try {
      const result = await call();
      health.failures = 0;
      return result;
    } catch (error) {
      if (counts(error)) {
        health.failures++;
        health.restUntil = this.#now() + restMs;
      }
      throw error;
    }
  }
}
