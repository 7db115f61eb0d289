/** What a run may still spend: what is under way counts at its bound. */
export class RunMoney {
  readonly #limit: number;
  #spent: number;
  #aside = 0;

  /** @param limit USD; Infinity without one */
  constructor(limit: number, spent: number) {
    this.#limit = limit;
    this.#spent = spent;
  }

  get spent(): number {
    return this.#spent;
  }

  /** True where something is under way that may come to less than was set aside for it. */
  get waits(): boolean {
    return this.#aside > 0;
  }

  /** @param bound USD that a request may cost at most; null where nobody knows */
  maySpend(bound: number | null): boolean {
    if (this.#limit === Infinity) return true;
    return bound !== null && this.#spent + this.#aside + bound <= this.#limit;
  }

  begin(bound: number | null): void {
    this.#aside += bound ?? 0;
  }

  end(bound: number | null, cost: number): void {
    this.#aside = Math.max(0, this.#aside - (bound ?? 0));
    this.#spent += cost;
  }
}
