import { BrokenCircuitError, circuitBreaker, ConsecutiveBreaker, handleWhen, type CircuitBreakerPolicy } from 'cockatiel';
import { WireFailure } from './wire-failure.ts';

const failuresInARow = 9;
const halfOpenAfterMs = 3000;
const maxOrigins = 500;

/**
 * A circuit breaker for each origin: after nine failures in a row an address is left alone for three seconds, so that
 * a dead provider costs its callers nothing and itself no flood.
 */
export class Breakers {
  readonly #byOrigin = new Map<string, CircuitBreakerPolicy>();

  #of(origin: string): CircuitBreakerPolicy {
    let breaker = this.#byOrigin.get(origin);
    if (!breaker) {
      const counts = handleWhen((error) => error instanceof WireFailure && error.retryable && error.status !== 429);
      breaker = circuitBreaker(counts, { halfOpenAfter: halfOpenAfterMs, breaker: new ConsecutiveBreaker(failuresInARow) });
      if (this.#byOrigin.size >= maxOrigins) this.#byOrigin.clear();
      this.#byOrigin.set(origin, breaker);
    }
    return breaker;
  }

  /** Runs `call`, or refuses it while the origin is left alone. */
  async run<T>(origin: string, call: () => Promise<T>): Promise<T> {
    try {
      return await this.#of(origin).execute(call);
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      const message = `${origin} failed ${failuresInARow} times in a row and is left alone for ${halfOpenAfterMs / 1000} s`;
      throw new WireFailure('provider_unreachable', message, { upstreamCode: 'circuit_open' });
    }
  }
}
