/** Limits the requests that a process has in progress at a time; several runs can share one limit. */
export class Slots {
  #free: number;
  /** True after a caller found no free slot. */
  #isWanted = false;
  readonly #listeners = new Set<() => void>();

  constructor(count: number) {
    this.#free = count;
  }

  /** Takes all free slots and returns their number. */
  takeAll(): number {
    const taken = this.#free;
    this.#free = 0;
    if (taken === 0) this.#isWanted = true;
    return taken;
  }

  release(count: number): void {
    this.#free += count;
    if (count === 0 || !this.#isWanted) return;
    this.#isWanted = false;
    for (const listener of this.#listeners) listener();
  }

  /** Calls `listener` when a slot is released after `takeAll` returned 0; returns a function that removes it. */
  onFree(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}

/** A sleep that `wake` ends early. A `wake` before the sleep begins is not lost: the next sleep ends at once. */
export class Sleeper {
  #wake: (() => void) | undefined;
  #woken = false;

  readonly wake = (): void => {
    this.#woken = true;
    this.#wake?.();
  };

  async sleep(ms: number): Promise<void> {
    if (!this.#woken) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, ms);
      });
      clearTimeout(timer);
      this.#wake = undefined;
    }
    this.#woken = false;
  }
}
