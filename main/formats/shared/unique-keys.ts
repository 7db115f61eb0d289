/**
 * Makes the keys of a file unique: the first `start` stays, the next become `start (2)`, `start (3)`. The same file
 * always gets the same keys. Repeated texts keep their keys as long as their order does not change.
 */
export class UniqueKeys {
  readonly #counts = new Map<string, number>();

  take(wanted: string): string {
    const count = this.#counts.get(wanted);
    if (count === undefined) {
      this.#counts.set(wanted, 1);
      return wanted;
    }
    for (let next = count + 1; ; next += 1) {
      const key = `${wanted} (${next})`;
      if (this.#counts.has(key)) continue;
      this.#counts.set(wanted, next);
      this.#counts.set(key, 1);
      return key;
    }
  }
}
