import { cancelledBy } from './send-once.ts';

/** The waits between attempts that are under way; whoever sees one may end it. */
export class RetryWaits {
  readonly #ends = new Map<string, () => void>();

  /**
   * @param ms how long
   * @throws AppError `cancelled` where the caller leaves meanwhile
   */
  async wait(requestId: string, ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw cancelledBy(signal);
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        if (this.#ends.get(requestId) === end) this.#ends.delete(requestId);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener('abort', end, { once: true });
      this.#ends.set(requestId, end);
    });
    if (signal.aborted) throw cancelledBy(signal);
  }

  /** Ends a call's wait at once; false where it is not waiting. */
  end(requestId: string): boolean {
    const end = this.#ends.get(requestId);
    end?.();
    return end !== undefined;
  }
}
