/**
 * Gives each text of a file a key of its own: the first `start` keeps it, the next become `start (2)`, `start (3)`.
 * The same file gives the same keys; a repeated text keeps its key while the texts equal to it keep their order.
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
