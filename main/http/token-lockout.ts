const windowMs = 60_000;
const triesAllowed = 10;
const maxAddresses = 10_000;

/** Ten wrong tokens within a minute lock an address out for a minute. */
export class TokenLockout {
  readonly #tries = new Map<string, { count: number; since: number }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  isLocked(address: string): boolean {
    const entry = this.#tries.get(address);
    return entry !== undefined && entry.count >= triesAllowed && this.#now() - entry.since < windowMs;
  }

  failed(address: string): void {
    const now = this.#now();
    const entry = this.#tries.get(address);
    if (!entry || now - entry.since >= windowMs) {
      if (this.#tries.size >= maxAddresses) this.#tries.clear();
      this.#tries.set(address, { count: 1, since: now });
      return;
    }
    entry.count += 1;
    if (entry.count === triesAllowed) entry.since = now;
  }
}
