/** A run's spending limit. Requests in progress count at their upper bound. */
export class RunBudget {
  readonly #limit: number;
  #spent: number;
  #reserved = 0;

  /** @param limit USD; `Infinity` for none */
  constructor(limit: number, spent: number) {
    this.#limit = limit;
    this.#spent = spent;
  }

  get spent(): number {
    return this.#spent;
  }

  /** @param bound USD that a request can cost at most; null if unknown */
  maySpend(bound: number | null): boolean {
    if (this.#limit === Infinity) return true;
    return bound !== null && this.#spent + this.#reserved + bound <= this.#limit;
  }

  reserve(bound: number | null): void {
    this.#reserved += bound ?? 0;
  }

  settle(bound: number | null, cost: number): void {
    this.#reserved = Math.max(0, this.#reserved - (bound ?? 0));
    this.#spent += cost;
  }
}
