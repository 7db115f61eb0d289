/** What holds back or ends the connection that a body comes through. */
export interface Flow {
  pause(): void;
  resume(): void;
  abort(reason: Error): void;
}

/** Takes one piece of a body. While a returned promise is open the provider is held back. */
export type Take = (chunk: Buffer) => void | Promise<void>;

/** So much is kept of a reply that nobody reads yet. */
const maxKept = 256 * 1024;

/**
 * The body of a reply, given on in the moment each piece arrives: a stream's iterator would put them off until the
 * socket's whole packet is read. Nothing that arrived is lost when the connection breaks after it.
 */
export class HttpBody {
  readonly #flow: Flow;
  #kept: Buffer[] = [];
  #keptBytes = 0;
  #take: Take | undefined;
  /** True while `take` asked to wait. */
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

  /** The end of what arrives. */
  finish(error?: Error): void {
    this.#end ??= { error };
    this.#settleIfDone();
  }

  /**
   * Tells every piece to `take`, once; resolves at the body's end.
   * @throws what the connection ended with, or what `take` threw, which ends it
   */
  read(take: Take): Promise<void> {
    this.#take = take;
    const over = new Promise<void>((resolve, reject) => (this.#settle = { resolve, reject }));
    this.#drain();
    return over;
  }

  /** Ends the connection; whoever reads gets an error. */
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
