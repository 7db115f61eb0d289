/** How many requests a process has under way at most, for all runs that share it. */
export class Slots {
  #free: number;
  /** Somebody found none. */
  #wanted = false;
  readonly #waiting = new Set<() => void>();

  constructor(count: number) {
    this.#free = count;
  }

  /** Takes all that are free; how many that is. */
  takeAll(): number {
    const taken = this.#free;
    this.#free = 0;
    if (taken === 0) this.#wanted = true;
    return taken;
  }

  give(count: number): void {
    this.#free += count;
    if (count === 0 || !this.#wanted) return;
    this.#wanted = false;
    for (const wake of this.#waiting) wake();
  }

  /** Called when one comes free after somebody found none; returns the function that stops it. */
  onFree(wake: () => void): () => void {
    this.#waiting.add(wake);
    return () => void this.#waiting.delete(wake);
  }
}

/** Somebody who sleeps until something happens: what happens meanwhile is not missed. */
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
