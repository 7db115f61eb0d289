/** Calls a function at once, then at most once per interval; calls in between run once, at its end. */
export class Throttled {
  readonly #run: () => void;
  readonly #everyMs: number;
  #timer: NodeJS.Timeout | undefined;
  #again = false;

  constructor(run: () => void, everyMs: number) {
    [this.#run, this.#everyMs] = [run, everyMs];
  }

  call(): void {
    if (this.#timer) {
      this.#again = true;
      return;
    }
    this.#run();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (!this.#again) return;
      this.#again = false;
      this.call();
    }, this.#everyMs);
    this.#timer.unref();
  }

  /** Runs a waiting call now, and none afterwards. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#again) this.#run();
    this.#again = false;
  }
}
