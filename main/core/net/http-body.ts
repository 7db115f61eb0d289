/** Pauses, resumes or ends the connection that delivers a body. */
export interface Flow {
  pause(): void;
  resume(): void;
  abort(reason: Error): void;
}

/** Takes one piece of a body. While a returned promise is pending, reading is paused. */
export type Take = (chunk: Buffer) => void | Promise<void>;

/** Buffer size for a reply without a reader. */
const maxKept = 256 * 1024;

/**
 * A reply's body, delivered piece by piece as it arrives. A stream iterator would delay pieces until the
 * socket's whole packet is read. Pieces that arrived are delivered even if the connection breaks afterwards.
 */
export class HttpBody {
  readonly #flow: Flow;
  #kept: Buffer[] = [];
  #keptBytes = 0;
  #take: Take | undefined;
  /** True while `take` has a pending promise. */
  #waits = false;
  #end: { error: Error | undefined } | undefined;
  #settle: { resolve(): void; reject(error: Error): void } | undefined;

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  push(chunk: Buffer): void {
    if (this.#end) return;
    if (this.#take && !this.#waits && this.#kept.length === 0) return this.#give(chunk);
    this.#kept.push(chunk);
    this.#keptBytes += chunk.length;
    if (this.#waits || this.#keptBytes > maxKept) this.#flow.pause();
  }

  /** Marks the end of the body. */
  finish(error?: Error): void {
    this.#end ??= { error };
    this.#settleIfDone();
  }

  /**
   * Passes every piece to `take`, once. Resolves at the end of the body.
   * @throws the error that ended the connection, or the error that `take` threw, which ends it
   */
  read(take: Take): Promise<void> {
    this.#take = take;
    const ended = new Promise<void>((resolve, reject) => (this.#settle = { resolve, reject }));
    this.#drain();
    return ended;
  }

  /** Ends the connection; the reader gets an error. */
  destroy(error = new Error('the reply was not read to its end')): void {
    this.#kept = [];
    this.#waits = false;
    const wasOpen = !this.#end;
    this.#end ??= { error };
    if (wasOpen) this.#flow.abort(error);
    this.#settleIfDone();
  }

  #give(chunk: Buffer): void {
    try {
      const wait = this.#take?.(chunk);
      if (!wait) return;
      this.#waits = true;
      this.#flow.pause();
      wait.then(
        () => {
          this.#waits = false;
          this.#drain();
        },
        (error: Error) => this.#fail(error),
      );
    } catch (error) {
      this.#fail(error as Error);
    }
  }

  #fail(error: Error): void {
    this.#settle?.reject(error);
    this.destroy(error);
  }

  #drain(): void {
    while (this.#kept.length && !this.#waits) {
      const chunk = this.#kept.shift() as Buffer;
      this.#keptBytes -= chunk.length;
      this.#give(chunk);
    }
    if (!this.#waits && !this.#end) this.#flow.resume();
    this.#settleIfDone();
  }

  #settleIfDone(): void {
    if (!this.#end || this.#waits || this.#kept.length || !this.#settle) return;
    if (this.#end.error) this.#settle.reject(this.#end.error);
    else this.#settle.resolve();
  }
}
